import { parseAccessDetails } from '../../delegation/access-details.ts';
import { type DelegateDependencies, delegate as narrow, withPatientId } from '../../delegation/delegate.ts';
import type { Delegation } from '../../delegation/ports.ts';
import { Refusal } from '../../errors/refusal.ts';
import type { ShownContext } from '../../release/context-shelf.ts';
import { withinData } from '../../retrieval/within-data.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import type { ModelEndpoint } from '../../vocabulary/model-endpoint.ts';
import type { AccessScope } from '../../vocabulary/scope.ts';
import { asModelSaid } from '../beside-answer.ts';
import type { Ask, Authenticated, Delegated, StandingCheck } from '../envelope.ts';
import { factSealer } from '../sealer.ts';
import { ServerWatch } from '../server-watch.ts';
import type { Services } from '../services.ts';
import type { StageResult } from '../stage.ts';
import { assertUnexpired } from '../unexpired.ts';
import { controlReads } from './control-reader.ts';
import { assuranceOf, conversationScope } from './conversation-scope.ts';
import { namedPatient, takenFor } from './named-patient.ts';

/** Name of a token scope, as the body may state it beside a delegated token. */
const conversationPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** An asker and what they ask, before it is known under which rights. */
type Asking = Authenticated & { readonly ask: Ask };

interface Asked {
  readonly delegation: Delegation;
  readonly conversation: string | undefined;
}

/** The exchange inside: the same narrowing as `POST /oauth/token`. */
async function exchangeInside(
  envelope: Asking,
  services: Services,
  now: number,
  servers: ServerWatch,
  phi: unknown = envelope.ask.phi,
): Promise<Asked> {
  const { ask, trail, user, workload } = envelope;
  if (phi === undefined) throw new Refusal('malformed_request', { fault: '/phi' });
  const dependencies: DelegateDependencies = {
    clock: { now: () => now },
    randomness: services.randomness,
    admits: services.admits,
    assured: services.assured,
    limits: services.workLimits,
    lifetimeSeconds: services.config.limits.delegatedTokenSeconds,
  };
  const wanted = { user, workload, access: { ...parseAccessDetails(phi), actions: [ask.action] } };
  const access = await withPatientId(wanted, dependencies, async (identifier) => {
    await envelope.beforeSearch(envelope);
    return envelope.stopwatch.outside(namedPatient(identifier, { ...envelope, servers }, services));
  });
  const delegation = narrow(
    { ...wanted, access, txn: trail, actedBefore: envelope.actedBefore },
    dependencies,
  );
  return { delegation, conversation: access.conversation };
}

/** A delegated token already says everything; a body that says it again could only try to change it. */
function asPresented(presented: Delegation, { action, phi }: Ask): Asked {
  if (!presented.scope.actions.includes(action)) throw new Refusal('scope_exceeded');
  if (phi === undefined) return { delegation: presented, conversation: undefined };
  if (!isRecord(phi)) throw new Refusal('malformed_request', { fault: '/phi' });
  const { conversation, ...repeated } = phi;
  if (Object.keys(repeated).length > 0) throw new Refusal('scope_exceeded', { fault: '/phi' });
  if (conversation === undefined) return { delegation: presented, conversation: undefined };
  if (typeof conversation !== 'string' || !conversationPattern.test(conversation))
    throw new Refusal('malformed_request', { fault: '/phi/conversation' });
  return { delegation: presented, conversation };
}

/** Whether a token that is good once is used by this question, and was by none before. Inside, each question has its own. */
const usedUp = async ({ presented }: Authenticated, services: Services): Promise<boolean> =>
  presented === undefined ||
  services.revocations.takeOnce(presented.scope.tenant, presented.tokenId, presented.expiresAt);

const same = (a: AccessScope, b: AccessScope): boolean =>
  (['tenant', 'patient', 'task', 'purpose', 'encounter', 'ticket'] as const).every(
    (name) => a[name] === b[name],
  ) && JSON.stringify(a.data) === JSON.stringify(b.data);

/**
 * An answer to a context that was released before: it stands under what was asked for then, for the same user and
 * workload, once. What is not there, is another's or was used is one refusal.
 */
async function asShown(
  envelope: Asking,
  services: Services,
  now: number,
  servers: ServerWatch,
): Promise<Asked & { shown: ShownContext }> {
  const { ask, presented, tenantId, user, userPseudonym, workload } = envelope;
  const owner = {
    tenant: tenantId,
    user: userPseudonym,
    workload: workload.id,
    assurance: assuranceOf(user),
  };
  if (presented !== undefined && !presented.scope.actions.includes('reveal'))
    throw new Refusal('scope_exceeded');
  const shown = services.contexts.take(ask.answered?.context ?? '', owner, now);
  if (shown === undefined) throw new Refusal('context_unknown', { fault: '/context' });
  const { conversation, scope } = shown;
  if (presented !== undefined && !same(presented.scope, scope)) throw new Refusal('scope_exceeded');
  const { tenant: _tenant, actions: _actions, use: _use, ...phi } = scope;
  const { delegation } =
    presented === undefined
      ? await exchangeInside(envelope, services, now, servers, phi)
      : { delegation: presented };
  return { delegation, conversation, shown };
}

/** Under which rights the request runs, by what it is and by which token it came with. */
async function asked(
  envelope: Asking,
  services: Services,
  now: number,
  servers: ServerWatch,
): Promise<Asked & { shown?: ShownContext }> {
  if (envelope.ask.action === 'reveal') return asShown(envelope, services, now, servers);
  return envelope.presented === undefined
    ? exchangeInside(envelope, services, now, servers)
    : asPresented(takenFor(envelope.presented, envelope.ask.about, services), envelope.ask);
}

/** The model that reads: one of the tenant's, or the one that the workload's entry names. */
function modelOf({ ask, tenant, workload }: Asking): string {
  if (ask.action === 'context' || ask.action === 'reveal') {
    if (workload.readingModel === undefined) throw new Refusal('workload_not_allowed');
    return workload.readingModel.name;
  }
  const fits = ({ embeddings }: ModelEndpoint): boolean => (embeddings === true) === (ask.action === 'embed');
  const model = tenant.config.models.find((one) => fits(one) && one.id === (ask.model ?? one.id));
  if (model === undefined || !tenant.models.has(model.id))
    throw new Refusal('model_not_allowed', {
      fault: '/model',
      sentence:
        'There is no such model here: GET /v1/models lists those that you may name. In an emergency use the record system itself or your local emergency path.',
    });
  return model.id;
}

/** For which patient, task and purpose: fixed here, and nothing later in the envelope can widen it. */
export async function delegate(envelope: Authenticated, services: Services): Promise<StageResult<Delegated>> {
  const ask: Ask = await envelope.read();
  envelope.besideRefusal.asked(ask, envelope);
  // One instant for grant and trail: a second that ends between them would show as another lifetime.
  const now = services.clock.now();
  const asking: Asking = { ...envelope, ask };
  const modelId = modelOf(asking);
  const servers = new ServerWatch(services, { trail: envelope.trail, tenantId: envelope.tenantId });
  const { delegation, conversation, shown } = await asked(asking, services, now, servers);
  const { scope } = delegation;
  // Asked again of a delegated token: a sign-in grows old, and rules change.
  services.assured(envelope.user, scope);
  const whole = services.tasks.get(scope.task);
  if (whole === undefined) throw new Refusal('task_unknown');
  const task = withinData(whole, scope.data);
  if (task === undefined) throw new Refusal('scope_exceeded');
  const patientPseudonym = services.pseudonym(scope.tenant, 'patient', scope.patient);
  const vaultScope = await conversationScope(
    {
      user: envelope.user,
      userPseudonym: envelope.userPseudonym,
      patientPseudonym,
      delegation,
      action: ask.action,
      conversation: conversation ?? envelope.trail,
    },
    services,
  );
  // The last thing that can refuse here: a token is not used up by a question that was never understood.
  if (scope.use === 'once' && !(await usedUp(envelope, services))) throw new Refusal('token_used');
  services.sessions.keep(envelope.user, vaultScope);
  // Also where the exchange happened inside: what was granted for five minutes is not delivered after ten.
  const standing: StandingCheck = {
    name: 'delegation',
    when: 'barrier',
    ask: async () => assertUnexpired(services.clock, delegation.expiresAt),
  };
  const key = await services.enrolled.patient(scope.tenant, patientPseudonym, scope.patient);
  return {
    envelope: {
      ...envelope,
      ask: { ...ask, messages: asModelSaid({ ...asking, delegation }) },
      delegation,
      task,
      modelId,
      ...(shown === undefined ? {} : { shown }),
      standing: [...envelope.standing, standing],
      control: controlReads(envelope, services, servers),
      servers,
      patientPseudonym,
      seal: factSealer(key, { tenant: scope.tenant, trail: envelope.trail }),
      vaultScope,
    },
    before: servers.take(),
    facts: {
      patient: patientPseudonym,
      task: task.name,
      purpose: scope.purpose,
      actions: scope.actions,
      dataTypes: scope.data ?? task.dataTypes,
      retention: vaultScope.retentionSeconds ?? services.config.limits.tokenRetentionSeconds,
      lifetime: Math.max(0, delegation.expiresAt - Math.floor(now / 1000)),
      ...(scope.ticket === undefined
        ? {}
        : { ticket: services.saltedHash(envelope, 'ticket', scope.ticket) }),
      ...(conversation === undefined
        ? {}
        : { conversation: services.saltedHash(envelope, 'conversation', conversation) }),
    },
  };
}
