import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import { mcpRequest } from '../../fixtures/mcp-message.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import { startTwoTenants } from '../isolation/two-tenants.ts';

/** MCP's own client over HTTP, in both protocols; what no client of it would send goes by hand. */
let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
}, 120_000);
const open: Client[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});
afterAll(() => sandbox.close());

const versions = ['2026-07-28', '2025-11-25'] as const;
type Version = (typeof versions)[number];

/** Counts what the client sends. */
class Counted {
  calls = 0;
  readonly fetch = (url: string | URL, init?: RequestInit): Promise<Response> => {
    if (typeof init?.body === 'string' && init.body.includes('tools/call')) this.calls += 1;
    return fetch(url, init);
  };
}

async function connected(
  version: Version,
  token: string | undefined,
  counted = new Counted(),
): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1' },
    { versionNegotiation: { mode: version === '2026-07-28' ? { pin: version } : 'legacy' } },
  );
  open.push(client);
  const transport = new StreamableHTTPClientTransport(new URL(`${sandbox.ready.gateway}/mcp`), {
    fetch: counted.fetch,
    requestInit: { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  return client;
}

const patient = () => sandbox.ready.patients[0];
const about = () => ({ patient: patient()?.id ?? '', task: 'cholesterol.latest', purpose: 'TREAT' });
const question = 'What is the latest LDL?';
const structured = (result: { structuredContent?: unknown }): Readonly<Record<string, unknown>> =>
  isRecord(result.structuredContent) ? result.structuredContent : {};
const trailOf = (result: { structuredContent?: unknown }): string => {
  const { phi } = structured(result);
  return isRecord(phi) ? String(phi['trail']) : '';
};
/** What ends a trail is written once the last byte has left. */
async function ended(id: string): Promise<string[]> {
  for (;;) {
    const events = (await sandbox.trail(id)).map(({ event }) => event);
    if (/delivered|aborted|denied/.test(events.at(-1) ?? '')) return events;
    await delay(20);
  }
}
const raw = async (init: ReturnType<typeof mcpRequest>, token?: string) => sandbox.call('/mcp', token, init);

describe.each(versions)("MCP's own client, protocol %s", (version) => {
  it('lists the tools of this caller', async () => {
    const client = await connected(version, await sandbox.token('clinician'));
    expect(client.getNegotiatedProtocolVersion()).toBe(version);
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['ask', 'context', 'explain', 'ask_medication_reconciliation']),
    );
    const { body } = await sandbox.call('/v1/tasks', await sandbox.token('clinician'));
    const tasks = Array.isArray(body['tasks']) ? body['tasks'].filter(isRecord) : [];
    expect(names.filter((name) => name.startsWith('ask_')).toSorted()).toEqual(
      tasks.map(({ task }) => `ask_${String(task).replaceAll('.', '_')}`).toSorted(),
    );
    const billing = await connected(version, await sandbox.token('billing'));
    const others = (await billing.listTools()).tools.map(({ name }) => name);
    expect(others).not.toContain('ask_medication_reconciliation');
  });

  it('asks, and gets an answer with role words, citations, notices and a whole trail', async () => {
    const client = await connected(version, await sandbox.token('clinician'));
    await client.listTools();
    const counted = await client.callTool({ name: 'ask', arguments: { ...about(), question } });
    expect(counted.isError).not.toBe(true);
    const { answer, phi } = structured(counted);
    expect(String(answer)).toMatch(/LDL/);
    expect(phi).toMatchObject({ decision: { effect: 'allow' }, citations: expect.any(Array) });
    expect(counted.content).toEqual([{ type: 'text', text: answer }]);
    expect((await ended(trailOf(counted))).slice(-2)).toEqual(['response.released', 'response.delivered']);
  });

  it('never reveals, although a human reads what this workload shows', async () => {
    const token = await sandbox.token('clinician');
    const shown = await sandbox.ask({ token });
    expect(shown.text).toMatch(/\d{4}-\d{2}-\d{2}/);
    const client = await connected(version, token);
    const result = await client.callTool({ name: 'ask', arguments: { ...about(), question } });
    expect(String(structured(result)['answer'])).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    expect(JSON.stringify(result)).not.toContain(patient()?.name ?? '-');
  });

  it('asks by the tool of a task', async () => {
    const client = await connected(version, await sandbox.token('clinician'));
    const { task: _task, ...rest } = about();
    const result = await client.callTool({
      name: 'ask_cholesterol_latest',
      arguments: { ...rest, question },
    });
    expect(result.isError).not.toBe(true);
    expect(String(structured(result)['answer'])).toMatch(/LDL/);
  });

  it('takes a context, and explains a trail', async () => {
    const client = await connected(version, await sandbox.token('clinician'));
    await client.listTools();
    const taken = await client.callTool({ name: 'context', arguments: about() });
    expect(taken.isError).not.toBe(true);
    expect(JSON.stringify(taken)).toMatch(/\[\[DATE-/);
    expect(JSON.stringify(taken)).not.toContain(patient()?.name ?? '-');
    const id = trailOf(taken);
    expect(await ended(id)).toContain('context.delivered');
    const explained = await client.callTool({ name: 'explain', arguments: { trail: id } });
    expect(structured(explained)).toMatchObject({ id, outcome: 'delivered', decision: { effect: 'allow' } });
    const others = await connected(version, await sandbox.token('outsider'));
    const foreign = await others.callTool({ name: 'explain', arguments: { trail: id } });
    expect(foreign.isError).toBe(true);
    expect(structured(foreign)).toMatchObject({ error: { code: 'not_found' } });
  });

  it('sees a refusal as a typed result after one attempt', async () => {
    const counted = new Counted();
    const client = await connected(version, await sandbox.token('outsider'), counted);
    await client.listTools();
    const result = await client.callTool({ name: 'ask', arguments: { ...about(), question } });
    expect(result.isError).toBe(true);
    expect(structured(result)).toMatchObject({ error: { code: 'access_denied', status: 403 } });
    expect(counted.calls).toBe(1);
    const events = await sandbox.trail(trailOf(result));
    expect(events.at(-1)).toMatchObject({ event: 'request.denied' });
  });

  it('sees a blocked answer as a typed result after one attempt', async () => {
    await sandbox.script([{ chunks: [`The LDL of ${patient()?.name ?? ''} is fine.`] }]);
    const counted = new Counted();
    const client = await connected(version, await sandbox.token('clinician'), counted);
    const result = await client.callTool({ name: 'ask', arguments: { ...about(), question } });
    expect(result.isError).toBe(true);
    expect(structured(result)).toMatchObject({ error: { code: 'content_refused' } });
    expect(JSON.stringify(result)).not.toContain(patient()?.name ?? '-');
    expect(counted.calls).toBe(1);
  });

  it('refuses arguments that no tool has, unknown tools and malformed ones, as what they are', async () => {
    const client = await connected(version, await sandbox.token('clinician'));
    for (const extra of [{ notes: 'call 919-555-0100' }, { question: 7 }, { patient: '../x' }]) {
      const result = await client.callTool({ name: 'ask', arguments: { ...about(), question, ...extra } });
      expect(result.isError).toBe(true);
      expect(structured(result)).toMatchObject({ error: { code: 'invalid_request' } });
      expect(JSON.stringify(result)).not.toContain('919-555');
      expect((await sandbox.trail(trailOf(result))).at(-1)).toMatchObject({ event: 'request.denied' });
    }
    await expect(client.callTool({ name: 'constructor', arguments: {} })).rejects.toThrow(/no such tool/);
  });

  it('does not connect without a token', async () => {
    await expect(connected(version, undefined)).rejects.toMatchObject({ status: 401 });
  });
});

describe('the resource server', () => {
  it('names its metadata and a scope where a token is missing, wrong or for somebody else', async () => {
    const metadata = `${sandbox.ready.gateway}/.well-known/oauth-protected-resource/mcp`;
    const list = mcpRequest('tools/list');
    for (const token of [undefined, 'x', 'a.b.c']) {
      const { body, headers, status, trail } = await raw(list, token);
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toContain(`resource_metadata="${metadata}"`);
      expect(headers.get('www-authenticate')).toContain('scope="openid"');
      expect(body).toMatchObject({
        jsonrpc: '2.0',
        id: null,
        error: { data: { code: 'invalid_token', trail } },
      });
    }
    const { body } = await sandbox.call('/.well-known/oauth-protected-resource/mcp', undefined);
    expect(body).toMatchObject({
      resource: `${sandbox.ready.gateway}/mcp`,
      authorization_servers: expect.arrayContaining([sandbox.ready.issuer]),
      bearer_methods_supported: ['header'],
    });
  });

  it('refuses pages that no workload lists', async () => {
    for (const origin of ['https://evil.example', 'null', `${sandbox.ready.gateway}.evil.example`]) {
      const { status } = await raw(
        mcpRequest('tools/list', {}, { origin }),
        await sandbox.token('clinician'),
      );
      expect(status).toBe(403);
    }
  });

  it('takes a delegated token for its own patient and task, and asks for another one where it is too narrow', async () => {
    const exchanged = await sandbox.exchange(await sandbox.token('clinician'));
    const token = String(exchanged.body['access_token']);
    const listed = await raw(mcpRequest('tools/list'), token);
    const { result } = listed.body;
    const tools = isRecord(result) && Array.isArray(result['tools']) ? result['tools'].filter(isRecord) : [];
    expect(tools.map(({ name }) => name)).toEqual(['ask', 'explain']);
    expect(result).toMatchObject({ cacheScope: 'private', ttlMs: 60_000 });
    const asked = await raw(mcpRequest('tools/call', { name: 'ask', arguments: { question } }), token);
    expect(asked.text).toMatch(/LDL/);
    const again = await raw(
      mcpRequest('tools/call', { name: 'ask', arguments: { ...about(), question } }),
      token,
    );
    expect(again.text).toContain('access_denied');
    const narrow = await raw(mcpRequest('tools/call', { name: 'context', arguments: {} }), token);
    expect(narrow.status).toBe(403);
    expect(narrow.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  it('takes one message at a time, of the documented shape, and opens no stream of its own', async () => {
    const token = await sandbox.token('clinician');
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const bodies: unknown[] = [
      [message, { ...message, id: 2 }],
      { ...message, extra: 1 },
      { jsonrpc: '2.0', id: 1, result: {} },
      { ...message, method: 'subscriptions/listen' },
      { ...message, method: 'tools/call', params: { name: 'ask', arguments: {}, task: {} } },
      'x',
    ];
    for (const body of bodies) {
      const init = { ...mcpRequest('tools/list'), body: JSON.stringify(body) };
      const { status, trail } = await raw(init, token);
      expect(status).toBe(400);
      expect((await sandbox.trail(trail)).at(-1)).toMatchObject({
        event: 'request.denied',
        reason: expect.stringMatching(/malformed_request|position_not_allowed/),
      });
    }
    expect((await sandbox.call('/mcp', token)).status).toBe(405);
    expect((await sandbox.call('/mcp', token, { method: 'DELETE' })).status).toBe(405);
  });

  it('answers an unknown protocol or method by the words of the protocol, and says so on the trail', async () => {
    const token = await sandbox.token('clinician');
    const unknown = await raw(mcpRequest('prompts/list'), token);
    expect(unknown.text).toContain('-32601');
    const other = mcpRequest('tools/list', {}, { 'mcp-protocol-version': '2099-01-01' });
    const { status, text, trail } = await raw(
      { ...other, body: other.body.replace('2026-07-28', '2099-01-01') },
      token,
    );
    expect(status).toBe(400);
    expect(text).toContain('2026-07-28');
    expect((await sandbox.trail(trail)).map(({ event }) => event)).toEqual(['request.denied']);
  });
});

it('repeats nothing of the caller in an error of the protocol', async () => {
  const token = await sandbox.token('clinician');
  const name = patient()?.name ?? '-';
  const asked = mcpRequest('tools/call', { name: 'ask', arguments: {} });
  const list = mcpRequest('tools/list');
  const faulty = [
    { ...asked, headers: { ...asked.headers, 'mcp-name': name } },
    { ...list, headers: { ...list.headers, 'mcp-method': name } },
    { ...list, headers: { ...list.headers, 'mcp-protocol-version': name } },
    { ...list, body: list.body.replace('"2026-07-28"', JSON.stringify(name)) },
    { ...list, body: list.body.replace('"params":{', `"params":{"cursor":{"x":${JSON.stringify(name)}},`) },
  ];
  for (const init of faulty) {
    const { body, text } = await raw(init, token);
    expect(text).not.toContain(name.split(' ')[0]);
    expect(body).toMatchObject({ error: { data: { code: 'invalid_request' } } });
  }
});

describe('a client that goes away', () => {
  it('ends its envelope', async () => {
    await sandbox.script([{ chunks: ['late'], delayMs: 20_000 }]);
    await sandbox.forgetReceived();
    const gone = new AbortController();
    const { gateway } = sandbox.running.gateway;
    const init = mcpRequest('tools/call', { name: 'ask', arguments: { ...about(), question } });
    const asked = fetch(`${sandbox.ready.gateway}/mcp`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${await sandbox.token('clinician')}` },
      signal: gone.signal,
    });
    while ((await sandbox.received()).length === 0) await delay(20);
    expect(gateway.open).toBe(1);
    gone.abort();
    await expect(asked).rejects.toThrow('aborted');
    while (gateway.open > 0) await delay(20);
    expect(await gateway.services.trail.unfinished()).toEqual([]);
    const { trail } = await sandbox.ask();
    expect(await ended(trail)).toContain('response.delivered');
  });
});

describe('the audience of a token', () => {
  let both: Awaited<ReturnType<typeof startTwoTenants>>;
  beforeAll(async () => {
    both = await startTwoTenants();
  }, 60_000);
  afterAll(() => both.close());
  const list = mcpRequest('tools/list');

  it('may be this resource, at this resource only', async () => {
    const token = await both.a.issuer.sign({ aud: `${both.sandbox.ready.gateway}/mcp` });
    expect((await both.sandbox.call('/mcp', token, list)).status).toBe(200);
    const elsewhere = await both.sandbox.call('/v1/tasks', token);
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([401, 'invalid_token']);
    const exchanged = await both.sandbox.exchange(token);
    expect(exchanged.status).toBe(400);
  });

  it('is given by the sandbox to a client that names this resource', async () => {
    const { gateway, issuer, users } = sandbox.ready;
    const [clinician] = users.filter(({ username }) => username === 'clinician');
    const { accessToken } = await signIn({
      issuer,
      username: 'clinician',
      password: clinician?.password ?? '',
      clientId: 'phi-cli',
      resource: `${gateway}/mcp`,
    });
    expect((await sandbox.call('/mcp', accessToken, list)).status).toBe(200);
    expect((await sandbox.call('/v1/tasks', accessToken)).status).toBe(401);
    await expect(
      signIn({
        issuer,
        username: 'clinician',
        password: clinician?.password ?? '',
        clientId: 'phi-cli',
        resource: `${gateway}/v1`,
      }),
    ).rejects.toThrow('the issuer did not show its sign-in page');
  });

  it('is nobody else', async () => {
    const gateway = both.sandbox.ready.gateway;
    for (const aud of ['urn:other', gateway, `${gateway}/mcp/`, `${gateway}/mcp/x`, [`${gateway}/mcp`]]) {
      const token = await both.a.issuer.sign({ aud });
      expect((await both.sandbox.call('/mcp', token, list)).status).toBe(401);
    }
  });
});
