import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bodiesOf, smallRecord } from './gateway-bodies.ts';
import { installedPeers } from './installed-peers.ts';
import { ended, freePort, listening, portkeyRules, spawnPortkey } from './portkey.ts';
import { Child, numberIn, textIn } from './processes/child.ts';
import { type Observed, stageTimes } from './stage-times.ts';

/** One way to the same upstream. */
export interface Variant {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers by which requests are turns of one conversation. */
  readonly turn?: Readonly<Record<string, string>>;
  /** Microseconds of CPU that its process has used so far; undefined where the host does not tell. */
  cpu(): Promise<number | undefined>;
  /** Signs in anew, where a sign-in does not last as long as all rounds. */
  readonly renew?: () => Promise<void>;
  /** Times of its own stages, where it tells them. */
  readonly stages?: () => Promise<ReadonlyMap<string, Observed>>;
  /**
   * The calls to the record system that one request takes, made alone in the same process so many times, so many at once:
   * how many calls, and microseconds of CPU for those of one request.
   */
  readonly fhirAlone?: (
    requests: number,
    atOnce: number,
  ) => Promise<{ readonly calls: number; readonly cpu: number }>;
}

/** What is measured, and what could not be and why. */
export interface Variants {
  readonly list: readonly Variant[];
  readonly absent: readonly string[];
  readonly load: Child;
  close(): Promise<void>;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const path = '/v1/chat/completions';

/** Linux counts in hundredths of a second: times of a run, not of a request. */
function cpuOf({ pid }: ChildProcess): Promise<number | undefined> {
  try {
    const stat = readFileSync(`/proc/${pid ?? 0}/stat`, 'utf8');
    const [, , , , , , , , , , , user = '', system = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Promise.resolve((Number(user) + Number(system)) * 10_000);
  } catch {
    return Promise.resolve(undefined);
  }
}

const program = (name: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .concat('/usr/sbin', '/usr/local/sbin')
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });

async function startNginx(
  file: string,
  upstream: string,
  folder: string,
): Promise<readonly [Variant, ChildProcess]> {
  const port = await freePort();
  const conf = join(folder, 'nginx.conf');
  writeFileSync(
    conf,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr crit;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  client_body_buffer_size 64k;
  upstream model { server ${new URL(upstream).host}; keepalive 64; }
  server {
    listen 127.0.0.1:${port}; keepalive_requests 1000000;
    location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
  }
}
`,
  );
  const child = spawn(file, ['-p', folder, '-c', conf], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await listening(`${url}${path}`, child);
  return [{ name: 'nginx', url: `${url}${path}`, headers: {}, cpu: () => cpuOf(child) }, child];
}

const guards = portkeyRules.map((rule) => ({
  'default.regexReplace': { rule, redactText: '[hidden]' },
  deny: false,
}));

function portkeyVariant(url: string, child: ChildProcess, upstream: string, guarded: boolean): Variant {
  const config = {
    provider: 'openai',
    api_key: 'none',
    custom_host: `${upstream}/v1`,
    ...(guarded ? { input_guardrails: guards, output_guardrails: guards } : {}),
  };
  return {
    name: guarded ? 'portkey, ten regex guards' : 'portkey',
    url: `${url}${path}`,
    headers: { authorization: 'Bearer none', 'x-portkey-config': JSON.stringify(config) },
    cpu: () => cpuOf(child),
  };
}

/** Memory of the host as a disk: what is synchronised there survives nothing. */
const memoryDisk = '/dev/shm';

/** This gateway as it starts by default, with data that survives nothing, and with `fhir.batch`. */
const owns: readonly { readonly name: string; readonly disk?: string; readonly batch: boolean }[] = [
  { name: 'this', batch: false },
  { name: 'this, on a memory disk', disk: memoryDisk, batch: false },
  { name: 'this, searches in batches', batch: true },
];

/** This gateway, everything on: its record system holds one small record, its model is the upstream of all. */
async function startOurs(upstream: string, children: Child[], folder: string): Promise<readonly Variant[]> {
  const bundle = join(folder, 'small-record.json');
  writeFileSync(bundle, JSON.stringify(smallRecord(Date.now())));
  const neighbours = new Child(join(here, 'processes', 'neighbours.js'), [], [bundle]);
  children.push(neighbours);
  const at = { ...(await neighbours.ask('start')), model: `${upstream}/v1` };
  const started: {
    readonly name: string;
    readonly url: string;
    readonly operations: string;
    readonly child: Child;
  }[] = [];
  for (const { name, disk, batch } of owns) {
    if (disk !== undefined && !existsSync(disk)) continue;
    const child = new Child(join(here, 'processes', 'gateway.js'), [], disk === undefined ? [] : [disk]);
    children.push(child);
    const ready = await child.ask('start', { ...at, batch });
    const [url, operations] = [textIn(ready, 'url'), textIn(ready, 'operations')];
    await neighbours.ask('follow', { gateway: url });
    started.push({ name, url, operations, child });
  }
  const headers = {
    authorization: '',
    'phi-patient': 'small',
    'phi-task': 'cholesterol.latest',
    'phi-purpose': 'TREAT',
  };
  const renew = async (): Promise<void> => {
    headers.authorization = `Bearer ${textIn(await neighbours.ask('token'), 'token')}`;
  };
  await renew();
  return started.map(({ child, name, operations, ...ready }) => {
    const url = `${ready.url}${path}`;
    return {
      name,
      url,
      headers,
      turn: { 'phi-conversation': 'bench' },
      renew,
      cpu: async () => numberIn(await child.ask('usage'), 'cpu'),
      stages: async () => stageTimes(await (await fetch(`${operations}/metrics`)).text()),
      fhirAlone: async (requests, atOnce) => {
        await child.ask('note');
        await demandAnswer({ name, url, headers });
        const told = await child.ask('alone', { requests, at: atOnce });
        return { calls: numberIn(told, 'calls'), cpu: numberIn(told, 'cpu') };
      },
    };
  });
}

async function demandAnswer({
  headers,
  name,
  url,
}: Pick<Variant, 'headers' | 'name' | 'url'>): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: bodiesOf(760)[0] ?? '',
  });
  const text = await response.text();
  if (response.status !== 200 || !text.includes('one value'))
    throw new Error(`${name} does not answer: ${response.status}`);
}

/** Starts each gateway in a process of its own, in front of one upstream. */
export async function startVariants(progress: (text: string) => void): Promise<Variants> {
  const folder = mkdtempSync(join(tmpdir(), 'phi-bench-peers-'));
  const children: Child[] = [];
  const others: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    for (const child of children.toReversed()) await child.stop();
    for (const child of others) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const absent: string[] = [];
    const upstreamChild = new Child(join(here, 'processes', 'upstream.js'));
    children.push(upstreamChild);
    const upstream = textIn(await upstreamChild.ask('start'), 'url');
    const list: Variant[] = [
      { name: 'direct', url: `${upstream}${path}`, headers: {}, cpu: () => Promise.resolve(undefined) },
    ];
    const nginx = program('nginx');
    if (nginx === undefined) absent.push('nginx: not installed on this host');
    else {
      const [variant, child] = await startNginx(nginx, upstream, folder);
      others.push(child);
      list.push(variant);
    }
    const manifest = installedPeers(['@portkey-ai/gateway/package.json'], progress).values().next().value;
    if (manifest === undefined) absent.push('@portkey-ai/gateway: not installed in bench/');
    else {
      const { child, url } = await spawnPortkey(join(dirname(manifest), 'build', 'start-server.js'));
      others.push(child);
      for (const guarded of [false, true]) list.push(portkeyVariant(url, child, upstream, guarded));
    }
    list.push(...(await startOurs(upstream, children, folder)));
    if (!existsSync(memoryDisk)) absent.push(`this, on a memory disk: no ${memoryDisk}`);
    const load = new Child(join(here, 'processes', 'load.js'));
    children.push(load);
    for (const variant of list) await demandAnswer(variant);
    return { list, absent, load, close };
  } catch (error) {
    await close();
    throw error;
  }
}
