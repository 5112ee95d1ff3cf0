/** Names of RFC 8693 and of OpenID Connect, in one place because both sides of an exchange speak them. */
export const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';

export const tokenTypes = {
  access: 'urn:ietf:params:oauth:token-type:access_token',
  id: 'urn:ietf:params:oauth:token-type:id_token',
  jwt: 'urn:ietf:params:oauth:token-type:jwt',
} as const;
