import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Authority, createAuthority } from '../../../sandbox/authority.ts';
import type { RecogniserServer } from '../../../src/config/config.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';
import {
  type AnalyzerDouble,
  type Answering,
  asAnalyzer,
  foundByIt,
  startAnalyzer,
} from './analyzer-double.ts';

const settings = { language: 'en', leastScore: 0.4, timeoutMs: 2_000 } as const;
const question = `Is ${foundByIt} told 😀 of it, says ${foundByIt}? What is the latest LDL?`;

const ending: Answering = (_, response) => response.destroy();

const sandboxWith = (recogniser: RecogniserServer): Promise<SandboxUnderTest> =>
  SandboxUnderTest.start({
    configure: (config) => ({ ...config, redaction: { ...config.redaction, recogniser } }),
  });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recogniser-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a recogniser behind a socket', () => {
  let analyzer: AnalyzerDouble;
  let sandbox: SandboxUnderTest;
  beforeAll(async () => {
    analyzer = await startAnalyzer({ socket: join(folder, 'analyzer.sock') });
    sandbox = await sandboxWith({
      ...settings,
      url: `unix:${join(folder, 'analyzer.sock')}`,
      entities: ['PERSON'],
    });
  }, 60_000);
  afterAll(async () => {
    await sandbox.close();
    await analyzer.close();
  });
  beforeEach(async () => {
    analyzer.answering = asAnalyzer;
    analyzer.asked.length = 0;
    await sandbox.forgetReceived();
  });

  test('adds what it finds, and the trail says how much', async () => {
    const { status, trail } = await sandbox.ask({ question });
    expect(status).toBe(200);
    expect(analyzer.asked[0]).toMatchObject({ language: 'en', score_threshold: 0.4, entities: ['PERSON'] });
    const sent = JSON.stringify(await sandbox.received());
    expect(sent).not.toContain(foundByIt);
    expect(sent).toMatch(/Is (\[\[PERSON-[0-9A-Z]{8}\]\]) told 😀 of it, says \1\?/);
    const told = await sandbox.call(`/v1/trails/${trail}`, await sandbox.token('compliance'));
    expect(told.text).toContain(`"recognised.added":2,"recognised.texts":1`);
  }, 30_000);

  test.each<[string, Answering, number, string]>([
    [
      'answers with an error',
      (_, response) => response.writeHead(500).end('{"error":"zbylut"}'),
      502,
      'recogniser_unavailable',
    ],
    [
      'sends elsewhere',
      (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/analyze' }).end(),
      502,
      'recogniser_unavailable',
    ],
    ['ends the connection', ending, 502, 'recogniser_unavailable'],
    ['answers no JSON', (_, response) => response.writeHead(200).end('<html>'), 502, 'recogniser_malformed'],
    [
      'answers bytes that are no text',
      (_, response) => response.writeHead(200).end(Buffer.from([0x5b, 0xff, 0x5d])),
      502,
      'recogniser_malformed',
    ],
    [
      'answers a span beyond the text',
      (text, response) =>
        response
          .writeHead(200)
          .end(JSON.stringify([{ entity_type: 'PERSON', start: 0, end: text.length + 1, score: 1 }])),
      502,
      'recogniser_malformed',
    ],
    ['never answers', () => undefined, 504, 'recogniser_timeout'],
    [
      'stops in the middle',
      (_, response) => void response.writeHead(200).write('[{"entity_type":'),
      504,
      'recogniser_timeout',
    ],
  ])(
    'that %s ends the request, and no model hears of it',
    async (_, answering, status, reason) => {
      analyzer.answering = answering;
      const reply = await sandbox.ask({ question });
      expect(reply.status).toBe(status);
      expect(reply.text).not.toContain(foundByIt);
      expect(await sandbox.received()).toEqual([]);
      expect(JSON.stringify(await sandbox.trail(reply.trail))).toContain(reason);
    },
    30_000,
  );

  test('that answers nothing takes nothing away', async () => {
    analyzer.answering = (_, response) => response.writeHead(200).end('[]');
    const name = sandbox.ready.patients[0]?.name ?? '';
    const { status } = await sandbox.ask({ question: `Is ${name} told? What is the latest LDL?` });
    expect(status).toBe(200);
    const sent = JSON.stringify(await sandbox.received());
    expect(sent).not.toContain(name);
    expect(sent).toContain('[[PATIENT-');
  }, 30_000);

  test('that hides all words leaves ours as they are', async () => {
    analyzer.answering = (text, response) =>
      response
        .writeHead(200)
        .end(JSON.stringify([{ entity_type: 'LOCATION', start: 0, end: Array.from(text).length, score: 1 }]));
    const name = sandbox.ready.patients[0]?.name ?? '';
    await sandbox.ask({ question: `Is ${name} told? What is the latest LDL?` });
    const sent = JSON.stringify(await sandbox.received());
    expect(sent).toMatch(/\[\[PLACE-\w{8}\]\]\[\[PATIENT-\w{8}\]\]\[\[PLACE-\w{8}\]\]/);
  }, 30_000);
});

describe('a recogniser by mutual TLS', () => {
  let own: Authority;
  let foreign: Authority;
  let analyzer: AnalyzerDouble;
  beforeAll(async () => {
    [own, foreign] = await Promise.all([
      createAuthority('hospital.example'),
      createAuthority('foreign.example'),
    ]);
    const { cert, key } = await own.issue({
      uris: ['spiffe://hospital.example/analyzer'],
      addresses: ['127.0.0.1'],
    });
    analyzer = await startAnalyzer({ tls: { cert, key, ca: own.cert } });
  });
  afterAll(() => analyzer.close());

  const asked = async (client: Authority, authority: Authority) => {
    const { cert, key } = await client.issue({ uris: ['spiffe://hospital.example/gateway'] });
    const sandbox = await sandboxWith({
      ...settings,
      url: `https://127.0.0.1:${analyzer.port}`,
      tls: { certificate: cert, key, authority: authority.cert },
    });
    try {
      analyzer.asked.length = 0;
      const { status } = await sandbox.ask({ question });
      return { status, heard: analyzer.asked.length, sent: JSON.stringify(await sandbox.received()) };
    } finally {
      await sandbox.close();
    }
  };

  test('is asked with a certificate that it knows', async () => {
    const { status, heard, sent } = await asked(own, own);
    expect(status).toBe(200);
    expect(heard).toBeGreaterThan(0);
    expect(sent).not.toContain(foundByIt);
  }, 60_000);

  test.each<[string, () => readonly [Authority, Authority]]>([
    ['does not know us', () => [foreign, own]],
    ['nobody vouches for', () => [own, foreign]],
  ])(
    'that %s hears nothing, and nothing goes on',
    async (_, authorities) => {
      const { status, heard, sent } = await asked(...authorities());
      expect(status).toBe(502);
      expect(heard).toBe(0);
      expect(sent).toBe('[]');
    },
    60_000,
  );
});
