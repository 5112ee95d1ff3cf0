import { connect } from 'node:tls';

import { type CertificateRequest, KeyUsageFlags } from '../../../../sandbox/authority.ts';
import { sandboxSpiffeId } from '../../../../sandbox/svids.ts';
import type { WrongCredential } from './row.ts';
import type { World } from './world.ts';

type Outcome = Pick<WrongCredential, 'status' | 'code' | 'challenge'>;
/** TLS does not let it in. */
const noConnection: Outcome = { status: 0, code: 'no_connection', challenge: undefined };
/** A chain that holds, of a certificate that is no workload's. */
const noWorkload: Outcome = { status: 401, code: 'invalid_client', challenge: 'Bearer invalid_client' };
/** A workload, but not the one that the token was issued to. */
const otherWorkload: Outcome = { status: 403, code: 'access_denied', challenge: undefined };

const own = sandboxSpiffeId('copilot-app');
const day = 86_400_000;

interface WrongCertificate {
  readonly change?: Partial<CertificateRequest>;
  readonly by?: 'own' | 'neighbour' | 'stranger';
  readonly outcome: Outcome;
}

const faults: Readonly<Record<string, WrongCertificate>> = {
  expired: { change: { notAfter: Date.now() - 60_000 }, outcome: noConnection },
  'not yet valid': { change: { notBefore: Date.now() + day }, outcome: noConnection },
  'of an authority in no bundle': { by: 'stranger', outcome: noConnection },
  "our trust domain's name by another domain's authority": { by: 'neighbour', outcome: noWorkload },
  "another trust domain's name by our authority": {
    change: { uris: ['spiffe://other.example/workload/copilot-app'] },
    outcome: noWorkload,
  },
  'two URIs': { change: { uris: [own, sandboxSpiffeId('phi-cli')] }, outcome: noWorkload },
  'the same URI twice': { change: { uris: [own, own] }, outcome: noWorkload },
  'a URI only in the CN': { change: { uris: [], subject: `CN=${own}` }, outcome: noWorkload },
  'an address and no URI': { change: { uris: [], addresses: ['127.0.0.1'] }, outcome: noWorkload },
  'a web address': { change: { uris: ['https://copilot.example/'] }, outcome: noWorkload },
  'a SPIFFE ID without a path': {
    change: { uris: ['spiffe://sandbox.phi-gateway.invalid'] },
    outcome: noWorkload,
  },
  'a SPIFFE ID with a port': {
    change: { uris: ['spiffe://sandbox.phi-gateway.invalid:443/workload/copilot-app'] },
    outcome: noWorkload,
  },
  'a SPIFFE ID with steps up': {
    change: { uris: ['spiffe://sandbox.phi-gateway.invalid/x/../workload/copilot-app'] },
    outcome: noWorkload,
  },
  'the CA bit': {
    change: { authority: true, usages: KeyUsageFlags.digitalSignature },
    outcome: noWorkload,
  },
  keyCertSign: {
    change: { usages: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign },
    outcome: noWorkload,
  },
  cRLSign: {
    change: { usages: KeyUsageFlags.digitalSignature | KeyUsageFlags.cRLSign },
    outcome: noWorkload,
  },
  "another workload's": { change: { uris: [sandboxSpiffeId('phi-cli')] }, outcome: otherWorkload },
  "nobody's workload": { change: { uris: [sandboxSpiffeId('nobody')] }, outcome: otherWorkload },
};

/** The session that a good workload's connection would hand on, if there were one. */
const sessionOf = async (world: World): Promise<Buffer | undefined> => {
  const { port } = new URL(world.mtlsUrl);
  const certificate = await world.certificate();
  return new Promise((resolve, reject) => {
    let session: Buffer | undefined;
    const socket = connect({ host: '127.0.0.1', port: Number(port), ca: world.ca, ...certificate });
    socket.on('session', (ticket) => {
      session = ticket;
    });
    socket.on('error', reject);
    socket.on('data', () => socket.end());
    socket.on('close', () => resolve(session ?? socket.getSession()));
    socket.write('GET /oauth/jwks HTTP/1.1\r\nhost: x\r\n\r\n');
  });
};

const shownWith =
  (
    make: (
      world: World,
    ) => Promise<Pick<Awaited<ReturnType<WrongCredential['show']>>, 'certificate' | 'session'>>,
  ) =>
  async (world: World) => ({
    headers: { authorization: `Bearer ${await world.user()}` },
    ...(await make(world)),
  });

export const certificates: readonly WrongCredential[] = [
  ...Object.entries(faults).map(
    ([name, { change = {}, by = 'own', outcome }]): WrongCredential => ({
      name: `certificate: ${name}`,
      at: 'ask',
      show: shownWith(async (world) => ({ certificate: await world.certificate(change, by) })),
      ...outcome,
    }),
  ),
  ...Object.entries(faults).map(
    ([name, { change = {}, by = 'own', outcome }]): WrongCredential => ({
      name: `certificate of an exchange: ${name}`,
      at: 'exchange',
      show: async (world) => ({ certificate: await world.certificate(change, by) }),
      ...outcome,
      ...(outcome === otherWorkload ? { status: 400, code: 'unauthorized_client' } : {}),
    }),
  ),
  {
    name: 'certificate: none',
    at: 'ask',
    show: shownWith(async () => ({ certificate: 'none' })),
    ...noConnection,
  },
  {
    name: "certificate: another workload's on a session of the good one",
    at: 'ask',
    show: shownWith(async (world) => {
      const session = await sessionOf(world);
      return {
        certificate: await world.certificate({ uris: [sandboxSpiffeId('phi-cli')] }),
        ...(session === undefined ? {} : { session }),
      };
    }),
    ...otherWorkload,
  },
];
