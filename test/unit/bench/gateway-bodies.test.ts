import { expect, it } from '@jest/globals';
import { bodiesOf, isTurn } from '../../../bench/gateway-bodies.ts';
import { parseChatRequest } from '../../../src/http/chat-request.ts';

it.each([760, 16_384])('bodies of %i bytes are that long, and questions that are understood', (bytes) => {
  for (const stream of [false, true]) {
    const histories = new Set<string>();
    const bodies = bodiesOf(bytes, stream);
    for (const body of bodies) {
      expect(Buffer.byteLength(body)).toBe(bytes);
      const { ask } = parseChatRequest(JSON.parse(body));
      expect(ask.stream).toBe(stream);
      expect(ask.messages.at(-1)?.role).toBe('user');
      expect(ask.messages).toHaveLength(isTurn(bytes) ? 10 : 2);
      histories.add(JSON.stringify(ask.messages.slice(0, -1)));
    }
    // Each asks something else, and no history is that of another conversation.
    expect(new Set(bodies).size).toBe(bodies.length);
    expect(histories.size).toBe(1);
  }
});
