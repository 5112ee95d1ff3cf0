import type { CertificateRequest } from '../../../../sandbox/authority.ts';
import { sandboxSpiffeId } from '../../../../sandbox/svids.ts';
import type { Shown, WrongCredential } from './row.ts';
import type { World } from './world.ts';

/** The proxy of the world's configuration, which alone may forward certificates. */
const proxyId = sandboxSpiffeId('proxy');

/** One element of `X-Forwarded-Client-Cert`, as Envoy writes it. */
const element = (pem: string): string => `Hash=0;Cert="${encodeURIComponent(pem)}"`;

type Change = Partial<CertificateRequest>;
type By = Parameters<World['certificate']>[1];

/** A request over the connection of `from` that forwards the certificate of a workload. */
export async function forwarding(
  world: World,
  { by, change, from = proxyId }: { readonly by?: By; readonly change?: Change; readonly from?: string } = {},
): Promise<Shown & { readonly forwarded: string }> {
  const { cert } = await world.certificate(change, by);
  const forwarded = element(cert);
  return {
    forwarded,
    certificate: await world.certificate({ uris: [from] }),
    headers: {
      authorization: `Bearer ${await world.user()}`,
      'x-forwarded-client-cert': forwarded,
    },
  };
}

const withHeader = async (world: World, header: string | readonly string[] | undefined): Promise<Shown> => {
  const { headers, ...shown } = await forwarding(world);
  const { 'x-forwarded-client-cert': _good, ...others } = headers ?? {};
  return {
    ...shown,
    headers: { ...others, ...(header === undefined ? {} : { 'x-forwarded-client-cert': header }) },
  };
};

const faults: Readonly<Record<string, (world: World) => Promise<Shown>>> = {
  none: (world) => withHeader(world, undefined),
  'no certificate in it': (world) => withHeader(world, 'Hash=0;URI=spiffe://x.example/y'),
  'words in place of a certificate': (world) => withHeader(world, 'Cert="let me in"'),
  'a list of two': async (world) => {
    const { forwarded } = await forwarding(world);
    return withHeader(world, `${forwarded},${forwarded}`);
  },
  'two of them': async (world) => {
    const { forwarded } = await forwarding(world);
    return withHeader(world, [forwarded, forwarded]);
  },
  expired: (world) => forwarding(world, { change: { notAfter: Date.now() - 60_000 } }),
  'two URIs': (world) =>
    forwarding(world, { change: { uris: [sandboxSpiffeId('copilot-app'), sandboxSpiffeId('phi-cli')] } }),
  'of a trust domain that is not configured': (world) =>
    forwarding(world, {
      change: { uris: ['spiffe://stranger.example/workload/copilot-app'] },
      by: 'stranger',
    }),
};

const refused = {
  at: 'ask',
  status: 401,
  code: 'invalid_client',
  challenge: 'Bearer invalid_client',
} as const;
const otherWorkload = { at: 'ask', status: 403, code: 'access_denied', challenge: undefined } as const;

export const forwardedCertificates: readonly WrongCredential[] = [
  ...Object.entries(faults).map(
    ([name, show]): WrongCredential => ({ name: `forwarded certificate: ${name}`, show, ...refused }),
  ),
  {
    name: "forwarded certificate: another workload's",
    show: (world) => forwarding(world, { change: { uris: [sandboxSpiffeId('phi-cli')] } }),
    ...otherWorkload,
  },
  {
    // From anybody but the proxy the header does not exist: the connection speaks for itself.
    name: 'forwarded certificate: from another workload than the proxy',
    show: (world) => forwarding(world, { from: sandboxSpiffeId('phi-cli') }),
    ...otherWorkload,
  },
  {
    name: 'forwarded certificate: on the listener without certificates, for a token bound to one',
    show: async (world) => {
      const certificate = await world.certificate();
      return {
        headers: {
          authorization: `Bearer ${await world.delegated({ certificate })}`,
          'x-forwarded-client-cert': element(certificate.cert),
        },
      };
    },
    ...refused,
    at: 'delegated',
    code: 'invalid_token',
    challenge: 'Bearer invalid_token',
  },
];
