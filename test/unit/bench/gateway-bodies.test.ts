import { expect, it } from '@jest/globals';
import { bodyOf } from '../../../bench/gateway-bodies.ts';
import { parseChatRequest } from '../../../src/http/chat-request.ts';

it.each([760, 16_384])('a body of %i bytes is one, and a question that is understood', (bytes) => {
  for (const stream of [false, true]) {
    const body = bodyOf(bytes, stream);
    expect(Buffer.byteLength(body)).toBe(bytes);
    const { ask } = parseChatRequest(JSON.parse(body));
    expect(ask.stream).toBe(stream);
    expect(ask.messages.at(-1)?.role).toBe('user');
    expect(ask.messages).toHaveLength(bytes > 4096 ? 10 : 2);
  }
});
