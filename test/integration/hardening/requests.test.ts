import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import type { Identifiers } from '../../leak/matcher.ts';
import { identifiersOf, promised, seen } from './bad-input.ts';
import { consentInputs } from './consent-inputs.ts';
import { emergencyInputs } from './emergency-inputs.ts';
import { mcpInputs } from './mcp-inputs.ts';
import { rawRequest } from './raw-request.ts';
import { requestInputs } from './request-inputs.ts';
import { storedStateInputs } from './stored-state-inputs.ts';

let sandbox: SandboxUnderTest;
let identifiers: Identifiers;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  identifiers = identifiersOf(sandbox);
}, 60_000);
afterAll(() => sandbox.close());

describe('a bad request', () => {
  it.each(requestInputs)('$name', async ({ send, outcome }) => {
    await sandbox.forgetReceived();
    const reply = await send(sandbox);
    expect(await sandbox.received()).toEqual([]);
    expect(await seen(sandbox, reply, identifiers)).toEqual(promised(outcome));
  });
});

describe('stored state, hosted tools, addresses and parts that are no text', () => {
  it.each(storedStateInputs)('$name', async ({ body, outcome }) => {
    await sandbox.forgetReceived();
    const reply = await sandbox.ask({ body });
    expect(await sandbox.received()).toEqual([]);
    expect(await seen(sandbox, reply, identifiers)).toEqual(promised(outcome));
  });
});

describe('messages of MCP that are none', () => {
  it.each(mcpInputs)('$name', async ({ send, outcome }) => {
    await sandbox.forgetReceived();
    const reply = await send(sandbox);
    expect(await sandbox.received()).toEqual([]);
    expect(await seen(sandbox, reply, identifiers)).toEqual(promised(outcome));
  });
});

describe('a consent that cannot be kept', () => {
  it.each(consentInputs)('$name', async ({ body, outcome, type = 'application/json' }) => {
    const reply = await rawRequest(sandbox.ready.gateway, {
      path: '/v1/consents',
      headers: {
        authorization: `Bearer ${await sandbox.token('clinician')}`,
        'content-type': type,
        'content-length': `${Buffer.byteLength(body)}`,
      },
      pieces: [body],
    });
    expect(await seen(sandbox, reply, identifiers)).toEqual(promised(outcome));
    expect((await sandbox.call('/v1/consents', await sandbox.token('compliance'))).body).toEqual({
      consents: [],
    });
  });
});

describe('emergency access that is none', () => {
  it.each(emergencyInputs)('$name', async ({ body, outcome, path = '', user = 'clinician' }) => {
    const reply = await rawRequest(sandbox.ready.gateway, {
      path: `/v1/break-glass${path}`,
      headers: {
        authorization: `Bearer ${await sandbox.token(user)}`,
        'content-type': 'application/json',
        'content-length': `${Buffer.byteLength(body)}`,
      },
      pieces: [body],
    });
    expect(await seen(sandbox, reply, identifiers)).toEqual(promised(outcome));
    const { emergencies } = (await sandbox.call('/v1/break-glass', await sandbox.token('compliance'))).body;
    expect(emergencies).toEqual([]);
  });
});

/** Every byte that a stranger is told, but for trail and date. */
const bytesTold = async (patient: string | undefined): Promise<string> => {
  const reply = await sandbox.ask({ user: 'outsider', ...(patient === undefined ? {} : { patient }) });
  const text = [...reply.headers]
    .filter(([name]) => name !== 'date')
    .map(([name, value]) => `${name}: ${value}`)
    .concat(`${reply.status}`, reply.text)
    .join('\n');
  return text.replaceAll(reply.trail, 'TRAIL');
};

it('a patient who does not exist and one of somebody else read the same in every byte but trail and date', async () => {
  const existing = await bytesTold(undefined);
  expect(existing).toContain('access_denied');
  for (const patient of ['no-such-patient', 'a', '0'.repeat(64), sandbox.ready.patients[1]?.id])
    expect(await bytesTold(patient)).toBe(existing);
});
