import { intervalOf } from '../consent/instants.ts';
import { Refusal } from '../errors/refusal.ts';
import { type ProxyTerms, proxyRelations } from '../policy/proxies.ts';
import { isRecord } from '../vocabulary/fhir.ts';
import { dayMs } from '../vocabulary/time.ts';
import { type Caller, userPseudonym } from './caller.ts';
import type { Face } from './face.ts';
import { ownId } from './office.ts';

/** How long it holds where nothing is said, and at most. */
const lasts = 365 * dayMs;
const longest = 1_827 * dayMs;

const malformed = (fault: string): Refusal => new Refusal('malformed_request', { fault });

const listIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** When it ends, in milliseconds since the epoch: with the end of the day that is named. */
function endOf(until: unknown, now: number): number {
  if (until === undefined) return now + lasts;
  const end = intervalOf(until)?.end;
  if (end === undefined || end <= now || end > now + longest) throw malformed('/until');
  return end + 1;
}

/** The tasks named, all of which have to be open to proxies. */
function tasksIn(face: Face, value: unknown): readonly string[] {
  const open = face.gateway.services.tasks
    .list()
    .filter(({ roles }) => roles['proxy']?.includes('FAMRQT') === true)
    .map(({ name }) => name);
  const named = listIn(value);
  if (named.some((name) => !open.includes(name))) throw new Refusal('task_unknown');
  return named;
}

/** Who acts: an account of one of the tenant's issuers. */
function personIn({ tenant, user }: Caller, value: unknown): ProxyTerms['person'] {
  if (value === undefined) return { issuer: user.issuer, subject: user.subject };
  const { issuer, subject } = isRecord(value) ? value : {};
  const isKnown = tenant.config.issuers.some((one) => one.issuer === issuer);
  if (typeof issuer !== 'string' || typeof subject !== 'string' || !isKnown)
    throw malformed('/person/issuer');
  return { issuer, subject };
}

/**
 * What a body of `POST /v1/proxies` asks for, and whether it is the caller's to ask: a patient for the own record,
 * anybody else for themselves.
 *
 * @throws Refusal `malformed_request`, `task_unknown`
 */
export function proxyTermsOf(face: Face, caller: Caller, body: unknown) {
  const { services } = face.gateway;
  const { user } = caller;
  const said = isRecord(body) ? body : {};
  const relation = proxyRelations.find((one) => one === said['relation']);
  if (relation === undefined) throw malformed('/relation');
  const self = ownId(caller);
  const chosen = relation === 'chosen';
  const patient = said['patient'] ?? (chosen ? self : undefined);
  const { relatedPerson } = said;
  const person = personIn(caller, said['person']);
  const isSelf = person.issuer === user.issuer && person.subject === user.subject;
  if (chosen && isSelf) throw malformed('/person');
  if (chosen === (relatedPerson !== undefined)) throw malformed('/relatedPerson');
  if (!chosen && said['shares'] !== undefined) throw malformed('/shares');
  if (typeof patient !== 'string') throw malformed('/patient');
  const terms: ProxyTerms = {
    relation,
    person,
    user: services.pseudonym(user.tenant, 'user', JSON.stringify([person.issuer, person.subject])),
    by: userPseudonym(services, user),
    tasks: tasksIn(face, said['tasks']),
    shares: listIn(said['shares']),
    until: endOf(said['until'], services.clinicalClock.now()),
    ...(typeof relatedPerson === 'string' ? { relatedPerson } : {}),
  };
  return { patient, terms, isOwn: chosen ? self !== undefined && patient === self : isSelf };
}
