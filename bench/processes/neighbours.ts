import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import { decodeJwt } from 'jose';
import { startFhirServer } from '../../sandbox/fhir/server.ts';
import { startModelServer } from '../../sandbox/model/server.ts';
import { startIssuer } from '../../sandbox/oidc/issuer.ts';
import { signIn } from '../../sandbox/oidc/sign-in.ts';
import { loadRecords } from '../../sandbox/records.ts';
import { gatewayTrust } from '../../sandbox/start.ts';
import { sandboxAudience } from '../../src/config/rules.ts';
import { isRecord } from '../../src/vocabulary/fhir.ts';
import { answer, textIn } from './child.ts';

// FHIR server, model endpoint and issuer: their CPU must not count as the gateway's, and the time that they take
// is noted here, so that it can be taken off.
// Files of patients may be named; else they are generated.
const patients = process.argv.slice(2);
const records = await loadRecords(patients.length === 0 ? {} : { patients }, () => undefined);
const trusts = new Map<string, ReturnType<typeof gatewayTrust>>();
const fhir = await startFhirServer({
  port: 0,
  store: records.store,
  // Every gateway under test signs with keys of its own; the token tells whose it is, its signature proves it.
  authorize: async (token) => trusts.get(decodeJwt(token).iss ?? '')?.authorize(token),
  clock: { now: () => Date.now() },
});
const model = await startModelServer({ port: 0, clock: { now: () => Date.now() } });
const issuer = await startIssuer({
  port: 0,
  audience: sandboxAudience,
  fhirBase: fhir.base,
  fhirUsers: { caregiver: 'RelatedPerson/sandbox-caregiver' },
  tenant: 'sandbox',
});

const watched = new Set([fhir.base, model.baseUrl].map((url) => Number(new URL(url).port)));
const busy = { open: 0, since: 0, total: 0, requests: 0, fhir: 0 };
const requestOf = (message: unknown): IncomingMessage | undefined => {
  if (!isRecord(message)) return undefined;
  const request: unknown = message['request'];
  return isIncoming(request) && watched.has(request.socket.localPort ?? 0) && !request.url?.startsWith('/__')
    ? request
    : undefined;
};
const isIncoming = (value: unknown): value is IncomingMessage => isRecord(value) && 'socket' in value;

// The union of the times in which at least one request was being answered: parallel ones count once.
channel('http.server.request.start').subscribe((message) => {
  const request = requestOf(message);
  if (request === undefined) return;
  if (busy.open === 0) busy.since = performance.now();
  busy.open += 1;
  busy.requests += 1;
  if (request.socket.localPort !== Number(new URL(model.baseUrl).port)) busy.fhir += 1;
});
channel('http.server.response.finish').subscribe((message) => {
  if (requestOf(message) === undefined) return;
  busy.open -= 1;
  if (busy.open === 0) busy.total += performance.now() - busy.since;
});

answer({
  async start() {
    return {
      now: records.now,
      fhir: fhir.base,
      model: model.baseUrl,
      control: model.control,
      issuer: issuer.issuer,
      patients: records.patients.map(({ id, story }) => ({ id, story: story ?? '' })),
    };
  },
  follow(input) {
    const trust = gatewayTrust();
    trust.follow(textIn(input, 'gateway'), fhir.base);
    trusts.set(textIn(input, 'gateway'), trust);
    return {};
  },
  async token() {
    const { username, password } = issuer.user('clinician');
    const { accessToken } = await signIn({
      issuer: issuer.issuer,
      username,
      password,
      clientId: 'phi-cli',
      resource: sandboxAudience,
    });
    return { token: accessToken };
  },
  /** Milliseconds that FHIR and model took since the last call, and how many requests they answered. */
  busy() {
    const { total, requests, fhir: ofFhir } = busy;
    busy.total = 0;
    busy.requests = 0;
    busy.fhir = 0;
    return { ms: total, requests, fhir: ofFhir };
  },
  async stop() {
    await Promise.all([issuer.close(), fhir.close(), model.close()]);
    return {};
  },
});
