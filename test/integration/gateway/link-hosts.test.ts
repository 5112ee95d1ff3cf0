import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { contentOf } from '../../fixtures/answer-content.ts';
import { SandboxUnderTest } from '../../fixtures/running-sandbox.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start({
    configure: (config) => ({
      ...config,
      tenants: config.tenants.map((tenant) => ({ ...tenant, linkHosts: ['guides.example.org'] })),
    }),
  });
}, 60_000);
afterAll(() => sandbox.close());

const allowed = 'https://guides.example.org/lipids';
const planted = [
  'http://guides.example.org/lipids',
  `${allowed}?ldl=108`,
  `${allowed}#108`,
  'https://guides.example.org:8443/lipids',
  'https://anna@guides.example.org/lipids',
  'https://evil.example/guides.example.org',
  'https://guides.example.org.evil.example/lipids',
  '//guides.example.org/lipids',
];

const deltas = (text: string): string =>
  [...text.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)]
    .map((match) => String(JSON.parse(match[1] ?? '""')))
    .join('');

it('leaves a plain address of a host that the tenant names, and takes out every other', async () => {
  await sandbox.script([{ chunks: [`Read ${allowed}. Or ${planted.join(' , ')} .`] }]);
  const { body, status } = await sandbox.ask();
  expect(status).toBe(200);
  expect(contentOf(body)).toContain(
    `Read ${allowed}. Or ${planted.map(() => '(link removed)').join(' , ')} .`,
  );
});

it('does the same in a stream, however it is cut', async () => {
  await sandbox.script([{ chunks: Array.from(`Read ${allowed}. Or ${planted.join(' , ')} .`) }]);
  const { text } = await sandbox.ask({ stream: true, body: { model: 'sandbox-extractive' } });
  expect(deltas(text)).toContain(`Read ${allowed}. Or ${planted.map(() => '(link removed)').join(' , ')} .`);
});
