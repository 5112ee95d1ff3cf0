import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { signIn } from '../../../sandbox/oidc/sign-in.ts';
import { ended, startSandboxProcess } from '../../fixtures/product.ts';

const strace = spawnSync('strace', ['-V']).status === 0;
if (!strace) console.log('skipped: strace is not installed, the order of system calls is not shown');

interface Call {
  /** Seconds since the epoch at which the call was entered or, for fsync, returned. */
  readonly at: number;
  readonly kind: 'fsync' | 'fhir' | 'model' | 'answer';
}

/** Lines of `strace -f -ttt -T`: a finished call has its duration, a resumed one ends when it is printed. */
function callsOf(trace: string, ports: { fhir: number; model: number; gateway: number }): Call[] {
  const calls: Call[] = [];
  const files = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const match = /^(\d+)\s+(\d+\.\d+) (.*)$/.exec(line);
    if (match === null) continue;
    const [, thread = '', time = '', rest = ''] = match;
    const at = Number(time);
    const sync = /^(?:fsync|fdatasync)\((\d+)(<[^>]*>)?/.exec(rest);
    if (sync !== null && rest.includes('unfinished')) files.set(thread, sync[2] ?? '');
    else if (sync !== null && /audit\.db/.test(sync[2] ?? '')) {
      const took = Number(/<(\d+\.\d+)>$/.exec(rest)?.[1] ?? 0);
      calls.push({ at: at + took, kind: 'fsync' });
    } else if (
      /^<\.\.\. (?:fsync|fdatasync) resumed>/.test(rest) &&
      /audit\.db/.test(files.get(thread) ?? '')
    )
      calls.push({ at, kind: 'fsync' });
    const wrote =
      /^(?:write|writev|sendto|sendmsg)\(\d+<TCP:\[127\.0\.0\.1:(\d+)->127\.0\.0\.1:(\d+)\]>(.*)$/.exec(rest);
    if (wrote === null) continue;
    const [, from, to, bytes = ''] = wrote;
    if (Number(to) === ports.fhir && /POST|GET/.test(bytes)) calls.push({ at, kind: 'fhir' });
    else if (Number(to) === ports.model && bytes.includes('POST')) calls.push({ at, kind: 'model' });
    else if (Number(from) === ports.gateway && bytes.includes('HTTP/1.1 200'))
      calls.push({ at, kind: 'answer' });
  }
  return calls.toSorted((a, b) => a.at - b.at);
}

const port = (url: string): number => Number(new URL(url).port);

/** The traced process, not the tracer: the state file is named by its pid. */
const pidOf = (stateFile: string): number => Number.parseInt(basename(stateFile), 10);

const whenTraced = strace ? it : it.skip;

whenTraced(
  'the trail’s fsync has returned before the first FHIR byte, the model’s first byte and the answer’s first byte',
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'phi-trace-'));
    const trace = join(dir, 'trace');
    const { child, ready } = await startSandboxProcess(['--data', join(dir, 'data')], {}, [
      'strace',
      '-f',
      '-ttt',
      '-T',
      '-yy',
      '-s',
      '64',
      '-e',
      'trace=fsync,fdatasync,write,writev,sendto,sendmsg',
      '-o',
      trace,
    ]);
    const user = ready.users.find(({ username }) => username === 'clinician');
    const { accessToken } = await signIn({
      issuer: ready.issuer,
      username: 'clinician',
      password: user?.password ?? '',
      clientId: 'phi-cli',
      resource: ready.audience,
    });
    const before = Date.now() / 1000;
    const response = await fetch(`${ready.gateway}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        messages: [{ role: 'user', content: 'What is the latest LDL?' }],
        phi: { patient: ready.patients[0]?.id, task: 'cholesterol.latest', purpose: 'TREAT' },
      }),
    });
    expect(response.status).toBe(200);
    await response.text();
    process.kill(pidOf(ready.stateFile), 'SIGTERM');
    await ended(child);
    const calls = callsOf(readFileSync(trace, 'utf8'), {
      fhir: port(ready.fhir),
      model: port(ready.model),
      gateway: port(ready.gateway),
    }).filter(({ at }) => at > before);
    const order = calls.map(({ kind }) => kind).filter((kind, n, all) => kind !== all[n - 1]);
    console.log(`system calls of one request, in order: ${order.join(' → ')}`);
    const model = order.indexOf('model');
    const fhir = order.indexOf('fhir');
    // The gateway also answers the FHIR server's request for its keys: the caller's answer comes after the model.
    const answer = order.indexOf('answer', model);
    expect(Math.min(fhir, model, answer)).toBeGreaterThan(-1);
    // Before each first byte the nearest barrier call is an fsync that has returned.
    expect(order.slice(0, fhir)).toContain('fsync');
    expect(order.slice(fhir, model)).toContain('fsync');
    expect(order.slice(model, answer)).toContain('fsync');
    rmSync(dir, { recursive: true, force: true });
  },
  120_000,
);
