import { NoModelAnswer } from '../model/model-circuit.ts';
import { askInTurn, type InTurn } from './ask-in-turn.ts';
import type { EnvelopeConductor } from './conductor.ts';
import { EarlyAnswer } from './early-answer.ts';
import type { Answered, Cleared, Embedded, EmbeddingCleared, Instead, Redacted } from './envelope.ts';
import { askPipeline, embedPipeline, insteadPipeline, textsInsteadPipeline } from './pipeline.ts';
import type { Services } from './services.ts';

/** What trail and metrics learn where one endpoint gives nothing, of it and of those that could stand in. */
function noting(
  insteadOf: string,
  conductor: EnvelopeConductor,
  { metrics }: Services,
): InTurn<unknown, unknown>['note'] {
  return (model, outcome) => {
    const standsIn = model !== insteadOf;
    const facts = { model, ...(standsIn ? { insteadOf } : {}) };
    const silent = outcome instanceof NoModelAnswer;
    if (silent) conductor.passOver('response.generated', outcome, { ...facts, silence: outcome.how });
    else if (outcome !== 'answered') conductor.passOver('endpoint.denied', outcome, facts);
    const missed = silent ? 'failed' : 'refused';
    if (standsIn) metrics.fallback(model, outcome === 'answered' ? 'success' : missed);
  };
}

/** Whom to ask for this envelope, and by which way it comes to another endpoint than the one that it was cleared for. */
const inTurn = <Sent extends Redacted>(
  first: Sent,
  clear: (instead: Instead) => Promise<Sent>,
  conductor: EnvelopeConductor,
  services: Services,
): Omit<InTurn<Sent, unknown>, 'ask'> => {
  const { modelId, signal, tenant } = first;
  return {
    first,
    modelId,
    signal,
    others: tenant.models.get(modelId)?.endpoint.fallback ?? [],
    clearFor: (other) => clear({ ...first, modelId: other, insteadOf: modelId }),
    note: noting(modelId, conductor, services),
  };
};

const questionInTurn = (cleared: Cleared, conductor: EnvelopeConductor, services: Services) =>
  inTurn(cleared, (instead) => insteadPipeline.walk(instead, conductor), conductor, services);

/** The whole answer of the endpoint, or of one that is asked in its place. */
export const askWhole = (
  cleared: Cleared,
  conductor: EnvelopeConductor,
  services: Services,
): Promise<Answered> =>
  askInTurn({
    ...questionInTurn(cleared, conductor, services),
    ask: (sent) => askPipeline.walk(sent, conductor),
  });

/** An answer that may leave while the model speaks, and what was sent for it. */
interface Early {
  readonly sent: Cleared;
  readonly answer: EarlyAnswer;
  /** Undefined where the answer ended before a piece of it could leave. */
  readonly first: string | undefined;
}

/** The same, heard up to the first piece that may leave. */
export const askEarly = (
  cleared: Cleared,
  conductor: EnvelopeConductor,
  services: Services,
): Promise<Early> =>
  askInTurn({
    ...questionInTurn(cleared, conductor, services),
    ask: async (sent) => {
      const answer = new EarlyAnswer(sent, services);
      try {
        const row = { name: 'ask', otherwise: 'model_unavailable' } as const;
        return { sent, answer, first: await conductor.within(row, answer.next(), sent) };
      } catch (thrown) {
        answer.stop();
        throw thrown;
      }
    },
  });

/** Vectors, likewise. */
export const embedTexts = (
  cleared: EmbeddingCleared,
  conductor: EnvelopeConductor,
  services: Services,
): Promise<Embedded> =>
  askInTurn({
    ...inTurn(cleared, (instead) => textsInsteadPipeline.walk(instead, conductor), conductor, services),
    ask: (sent) => embedPipeline.walk(sent, conductor),
  });
