import { closed, file, url } from './terms.ts';

export const listener = (port: number): object => ({
  ...closed({
    host: { type: 'string', minLength: 1, maxLength: 255, default: '127.0.0.1' },
    port: { type: 'integer', minimum: 0, maximum: 65_535, default: port },
  }),
  default: {},
});

const spiffeId = { type: 'string', pattern: '^spiffe://[a-z0-9._-]{1,255}(/[A-Za-z0-9._-]{1,255}){1,20}$' };

export const spiffeIds = { type: 'array', items: spiffeId, uniqueItems: true, maxItems: 100, default: [] };

export const mtls = closed({
  host: { type: 'string', minLength: 1, maxLength: 255, default: '127.0.0.1' },
  port: { type: 'integer', minimum: 0, maximum: 65_535, default: 8_443 },
  publicUrl: url,
  certificate: file,
  key: file,
  proxies: spiffeIds,
});

export const trustDomain = closed(
  { name: { type: 'string', pattern: '^[a-z0-9._-]{1,255}$' }, bundle: file, jwks: file },
  ['name', 'bundle'],
);

export const upstreamTls = {
  ...closed({ origin: url, authorities: file, certificate: file, key: file }, ['origin']),
  anyOf: [{ required: ['authorities'] }, { required: ['certificate'] }],
};
