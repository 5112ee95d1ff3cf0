import type { IncomingMessage, ServerResponse } from 'node:http';
import { chatCompletions, responses } from './ask-route.ts';
import { checkAnswer, takeContext } from './context-routes.ts';
import { createEmbeddings } from './embeddings-route.ts';
import { evaluateAccess } from './evaluation-route.ts';
import type { Face } from './face.ts';
import { speakMcp } from './mcp/mcp-route.ts';
import type { RouteName } from './routes.ts';

/** Routes that walk an envelope: they answer on node:http themselves, because they end a trail after the last byte. */
export const askingRoutes = {
  chatCompletions,
  responses,
  context: takeContext,
  answerCheck: checkAnswer,
  embeddings: createEmbeddings,
  mcp: speakMcp,
  evaluation: evaluateAccess,
} as const satisfies Partial<
  Record<RouteName, (face: Face, request: IncomingMessage, response: ServerResponse) => Promise<void>>
>;

export const askingNames = [
  'chatCompletions',
  'responses',
  'context',
  'answerCheck',
  'evaluation',
  'embeddings',
  'mcp',
] as const;
