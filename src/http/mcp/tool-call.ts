import { type CallToolResult, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { ContextDelivery, Delivery, PhiAnswer } from '../../envelope/delivery.ts';
import type { Ask } from '../../envelope/envelope.ts';
import type { Opening, Recognised } from '../../envelope/gateway.ts';
import type { Identified } from '../../envelope/stages/authenticate.ts';
import { asRefusal, Refusal } from '../../errors/refusal.ts';
import { isRecord } from '../../vocabulary/fhir.ts';
import { isoInstant } from '../../vocabulary/time.ts';
import type { Face } from '../face.ts';
import { lost } from '../handing-over.ts';
import { textsOf } from '../problem.ts';
import { explainTrail } from '../trail-routes.ts';
import { checkAnswerBody, checkRequest } from '../validate.ts';
import { type ToolRow, toolNamed } from './tool-table.ts';

/** One HTTP request of a caller who was recognised. It carries one message, and so at most one call. */
export interface Speaking {
  readonly face: Face;
  readonly trail: string;
  readonly caller: Identified;
  readonly recognised: Recognised | undefined;
  readonly route: string;
  readonly opening: Omit<Opening, 'read'>;
  readonly signal: AbortSignal;
}

type Arguments = Readonly<Record<string, unknown>>;

/** What is asked, from checked arguments; `machineReads`: what an agent gets may be anywhere a moment later. */
function askOf({ action = 'ask', task }: ToolRow, { question, query, ...named }: Arguments): Ask {
  const text = question ?? query;
  const phi = task === undefined ? named : { ...named, task };
  return {
    action,
    messages: typeof text === 'string' ? [{ role: 'user', text }] : [],
    phi: Object.keys(phi).length === 0 ? undefined : phi,
    stream: false,
    machineReads: true,
  };
}

const noticeLines = (incomplete: readonly { readonly text: string }[]): string[] =>
  incomplete.length === 0 ? [] : ['', ...incomplete.map(({ text }) => `- ${text}`)];

const told = (text: string, structuredContent: object, refused = false): CallToolResult => ({
  content: [{ type: 'text', text }],
  structuredContent: { ...structuredContent },
  ...(refused ? { isError: true } : {}),
});

function refusedResult(refusal: Refusal, trail: string): CallToolResult {
  const { code, entry, fault, publicDetail: sentence } = refusal;
  const error = { code, status: entry.status, sentence, ...(fault === undefined ? {} : { fault }) };
  const body = checkAnswerBody('mcpRefused', { error, phi: { trail, ...textsOf(refusal) } });
  return told(`${sentence} (${code}, trail ${trail})`, body, true);
}

/** What is cited, by its type: a program needs no ids of records. */
const untraced = ({ citations, ...phi }: PhiAnswer): PhiAnswer => ({
  ...phi,
  citations: citations.map(({ key, resource }) => ({ key, resource: resource.split('/', 1).join() })),
});

async function answered({ phi: whole, text }: Delivery): Promise<CallToolResult> {
  let answer = '';
  for await (const piece of text) answer += piece;
  const phi = untraced(whole);
  return told(answer, checkAnswerBody('mcpAnswered', { answer, phi }));
}

function taken({ context, phi }: ContextDelivery): CallToolResult {
  const { expires, ...shown } = context;
  const body = checkAnswerBody('contextAnswer', { context: { ...shown, expires: isoInstant(expires) }, phi });
  return told([context.text, ...noticeLines(context.incomplete)].join('\n'), body);
}

/** One call of a tool: the same envelope as any face, ended when its result has been handed over. */
export class ToolCall {
  /** What is to be ended by `delivered` or `aborted` once the result has left, or has not. */
  delivery: Delivery | ContextDelivery | undefined;
  /** Refused on the trail, and to be answered by the status of HTTP: the client has to sign in, or for more. */
  outward: Refusal | undefined;
  /** Whether its trail has an end, or gets one by the end of the delivery. */
  ended = false;
  readonly #speaking: Speaking;

  constructor(speaking: Speaking) {
    this.#speaking = speaking;
  }

  /** @throws ProtocolError for a tool that there is not */
  async run(params: unknown): Promise<CallToolResult> {
    const { face, recognised, route, trail } = this.#speaking;
    const { args, name } = this.#named(params);
    const row = toolNamed(face.gateway.services, name);
    if (row === undefined) {
      this.ended = true;
      await face.gateway.refused(trail, new Refusal('malformed_request'), recognised, { route });
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no such tool.');
    }
    try {
      return row.action === undefined ? await this.#explain(row, args) : await this.#walk(row, args);
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal.entry.status === 401) this.outward = refusal;
      return refusedResult(refusal, trail);
    }
  }

  #named(params: unknown): { readonly name: string; readonly args: unknown } {
    const { arguments: args = {}, name }: Arguments = isRecord(params) ? params : {};
    return { name: String(name), args };
  }

  #checked({ takes }: ToolRow, args: unknown): Arguments {
    checkRequest(takes, args);
    return isRecord(args) ? args : {};
  }

  async #walk(row: ToolRow, args: unknown): Promise<CallToolResult> {
    const { caller, face, opening, signal, trail } = this.#speaking;
    const { presented } = caller;
    const { action = 'ask' } = row;
    const beyond = presented?.scope.actions.includes(action) === false;
    const open = (): Opening => ({ ...opening, read: async () => askOf(row, this.#checked(row, args)) });
    this.ended = true;
    try {
      if (action === 'context') {
        const delivery = await face.gateway.context(trail, open, signal);
        this.delivery = delivery;
        return taken(delivery);
      }
      const delivery = await face.gateway.ask(trail, open, signal);
      this.delivery = delivery;
      return await answered(delivery);
    } catch (error) {
      const refusal = asRefusal(error);
      if (beyond && refusal.reason === 'scope_exceeded') this.outward = refusal;
      const { delivery } = this;
      this.delivery = undefined;
      await delivery?.aborted(refusal.reason).catch(lost(face, trail));
      throw refusal;
    }
  }

  async #explain(row: ToolRow, args: unknown): Promise<CallToolResult> {
    const { caller, face, recognised, route, trail } = this.#speaking;
    try {
      const { trail: asked } = this.#checked(row, args);
      const body = checkAnswerBody('trail', await explainTrail(face, caller, asked, trail, route));
      return told(JSON.stringify(body), body);
    } catch (error) {
      this.ended = true;
      throw await face.gateway.refused(trail, asRefusal(error), recognised, { route });
    }
  }
}
