import { gzipSync } from 'node:zlib';
import type { Reason } from '../../../../src/errors/reasons.ts';
import type { ServerFault } from '../../../../src/vocabulary/server-fault.ts';
import { adding, eachRow, entriesOf, include, linking, match, next } from './bundles.ts';
import type { Asked, Conduct, Json } from './proxy.ts';

/** One thing that a FHIR server may do, and what the gateway then does. */
export interface Behaviour {
  readonly name: string;
  /** Task that is asked meanwhile; medication.reconciliation by default. */
  readonly task?: string;
  /** `trap`: base of another server, which must never be asked anything. */
  readonly conduct: (trap: string) => Conduct;
  /** The same context as from the honest server, or the reason of the refusal. */
  readonly outcome: 'same' | Reason;
  readonly alert?: ServerFault;
  readonly timeoutMs?: number;
}

const other = { reference: 'Patient/somebody-else', display: 'Somebody Else' };

/** Parameters are taken and not applied. */
const ignoring = (...names: readonly string[]): Conduct => ({
  ask: ({ form }) => {
    for (const name of names.length === 0 ? [...form.keys()] : names) form.delete(name);
  },
});

const rows = (make: (first: Json, asked: Asked) => readonly Json[]): Conduct => ({ answer: adding(make) });

/** A row of another id, else like the first one. */
const row = (change: (first: Json) => Json): Conduct =>
  rows((first) => [match({ ...first, id: 'added-row', ...change(first) })]);

const headers = { 'content-type': 'application/fhir+json' };

/** Writes a body without an end, as fast as it is read. */
const pouring =
  (piece: string, more: Readonly<Record<string, string>> = {}): NonNullable<Conduct['take']> =>
  (_asked, response) => {
    response.writeHead(200, { ...headers, ...more });
    response.write('{"resourceType":"Bundle","type":"searchset","entry":[');
    const pour = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', pour);
    pour();
    return true;
  };

/** A whole answer. */
const saying =
  (status: number, body: string | Buffer, more: Readonly<Record<string, string>> = {}): Conduct['take'] =>
  (_asked, response) => {
    response.writeHead(status, { ...headers, ...more }).end(body);
    return true;
  };

const taking = (status: number, body: string | Buffer, more?: Readonly<Record<string, string>>): Conduct => {
  const take = saying(status, body, more);
  return take === undefined ? {} : { take };
};

const empty = '{"resourceType":"Bundle","type":"searchset","entry":[]}';
const outcome = '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]}';

/** Rows of a few bytes each. */
const millionRows = '{"resource":{"resourceType":"MedicationRequest","id":"r"}},'
  .repeat(1_000_000)
  .slice(0, -1);
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

const filters: readonly Behaviour[] = [
  ['patient', 'medication.reconciliation', 'fhir_untrusted', 'foreign_patient'],
  ['status', 'medication.reconciliation', 'same', 'filter_ignored'],
  ['code', 'cholesterol.latest', 'same', 'filter_ignored'],
  ['category', 'vitals.recent', 'same', 'filter_ignored'],
  ['date', 'vitals.recent', 'same', 'filter_ignored'],
  ['class', 'discharge.summary', 'same', 'filter_ignored'],
  ['type', 'discharge.summary', 'same', 'filter_ignored'],
  ['encounter', 'discharge.summary', 'same', 'filter_ignored'],
  ['_include', 'medication.reconciliation', 'same', undefined],
  ['_count', 'cholesterol.latest', 'same', undefined],
  ['_sort', 'cholesterol.latest', 'same', undefined],
].map(([name = '', task = '', ends, alert]) => ({
  name: `ignores ${name}`,
  task,
  conduct: () => ignoring(name),
  outcome: ends === 'fhir_untrusted' ? ends : 'same',
  ...(alert === 'foreign_patient' || alert === 'filter_ignored' ? { alert } : {}),
}));

const foreignRows: readonly Behaviour[] = [
  {
    name: 'ignores every parameter',
    conduct: () => ignoring(),
    outcome: 'fhir_untrusted',
    alert: 'foreign_patient',
  },
  {
    name: 'ignores intent and sends a proposal',
    conduct: () => ({ ...row(() => ({ intent: 'proposal' })), only: 'MedicationRequest' }),
    outcome: 'same',
    alert: 'filter_ignored',
  },
  {
    name: 'a row of another patient whose performer is this one',
    conduct: () => row(({ subject }) => ({ subject: other, performer: [subject], requester: subject })),
    outcome: 'same',
    alert: 'foreign_patient',
  },
  {
    name: 'a row of this patient id at another server',
    conduct: (trap) =>
      row(({ subject }) => ({ subject: { reference: `${trap}/${String(Object(subject).reference)}` } })),
    outcome: 'same',
    alert: 'foreign_patient',
  },
  {
    name: 'a row about both patients',
    conduct: () => row(({ subject }) => ({ subject: [subject, other] })),
    outcome: 'same',
    alert: 'foreign_patient',
  },
  {
    name: 'a row of this subject and another patient',
    conduct: () => row(() => ({ patient: other })),
    outcome: 'same',
    alert: 'foreign_patient',
  },
  {
    name: 'a row about nobody',
    conduct: () => row(() => ({ subject: undefined, patient: undefined })),
    outcome: 'same',
    alert: 'foreign_patient',
  },
  {
    name: 'a row about a contained patient',
    conduct: () =>
      row(() => ({ contained: [{ resourceType: 'Patient', id: 'x' }], subject: { reference: '#x' } })),
    outcome: 'same',
    alert: 'foreign_patient',
  },
  {
    name: 'a row of another type that says it matches',
    conduct: () => rows(({ subject }) => [match({ resourceType: 'Procedure', id: 'added-row', subject })]),
    outcome: 'same',
    alert: 'wrong_type',
  },
  {
    name: 'a row of a type that FHIR does not have',
    conduct: () => rows(() => [match({ resourceType: '__proto__', id: 'added-row' })]),
    outcome: 'fhir_malformed',
    alert: 'malformed_answer',
  },
  {
    name: 'a row without an id',
    conduct: () => row(() => ({ id: undefined })),
    outcome: 'same',
    alert: 'malformed_row',
  },
  {
    name: 'a row whose id is a path',
    conduct: () => row(() => ({ id: '../../Patient/x' })),
    outcome: 'same',
    alert: 'malformed_row',
  },
  {
    name: 'rows repeated',
    conduct: () => rows((first) => [match(first), match(first)]),
    outcome: 'same',
  },
  {
    name: 'one id with two contents',
    conduct: () => rows((first) => [match({ ...first, note: [{ text: 'another' }] })]),
    outcome: 'fhir_malformed',
    alert: 'conflicting_rows',
  },
  {
    name: 'contained resources of others',
    task: 'cholesterol.latest',
    conduct: () => ({
      answer: eachRow((entry) => ({
        ...entry,
        resource: {
          ...Object(entry['resource']),
          contained: [{ resourceType: 'Observation', id: 'c', subject: other, valueString: 'of others' }],
        },
      })),
    }),
    outcome: 'same',
  },
  {
    name: 'includes of others',
    conduct: () =>
      rows(() => [
        include({ resourceType: 'Patient', id: 'somebody-else' }),
        include({ resourceType: 'Observation', id: 'of-others', subject: other }),
      ]),
    outcome: 'same',
    alert: 'unplanned_include',
  },
  {
    name: 'an include that only a row of another patient names',
    conduct: () =>
      rows((first) => [
        match({
          ...first,
          id: 'added-row',
          subject: other,
          medicationReference: { reference: 'Medication/of-others' },
        }),
        include({ resourceType: 'Medication', id: 'of-others', code: { text: 'of others' } }),
      ]),
    outcome: 'same',
    alert: 'unplanned_include',
  },
  {
    name: 'matches that say they are included',
    task: 'cholesterol.latest',
    conduct: () => ({
      answer: adding((first) => [include({ ...first, id: 'added-row', subject: other })]),
    }),
    outcome: 'same',
    alert: 'unplanned_include',
  },
  {
    name: 'rows without a search mode',
    task: 'cholesterol.latest',
    conduct: () => ({ answer: eachRow(({ search: _mode, ...entry }) => entry) }),
    outcome: 'same',
  },
  {
    name: 'a row with a modifier that nobody knows',
    conduct: () => row(() => ({ modifierExtension: [{ url: 'urn:not', valueBoolean: true }] })),
    outcome: 'same',
  },
  {
    name: 'an error among the rows',
    task: 'cholesterol.latest',
    conduct: () => rows(() => [{ resource: JSON.parse(outcome), search: { mode: 'outcome' } }]),
    outcome: 'same',
  },
];

const linked: readonly Behaviour[] = [
  ...[
    ['another server', (trap: string) => `${trap}/MedicationRequest?page=2`],
    ['another path of the own server', () => '/elsewhere/MedicationRequest?page=2'],
    ['a path that begins like the own', () => '/fhir.evil/MedicationRequest?page=2'],
    ['a path that is climbed by escapes', () => '/fhir/%2e%2e/elsewhere'],
    ['a user at the own server', () => 'http://user:secret@127.0.0.1/fhir/x'],
    ['a script', () => 'javascript:alert(1)'],
  ].flatMap(([where, url]): Behaviour[] =>
    typeof url !== 'function'
      ? []
      : [
          {
            name: `a next link to ${String(where)}`,
            conduct: (trap) => ({ answer: linking(() => [next(url(trap))]) }),
            outcome: 'fhir_untrusted',
            alert: 'foreign_link',
          },
        ],
  ),
  {
    name: 'a next link in a circle',
    task: 'cholesterol.latest',
    conduct: () => {
      const circle = linking(({ base }) => [next(`${base}/Observation?page=2`)]);
      return {
        take: (asked, response) => {
          if (asked.method !== 'GET') return false;
          response.writeHead(200, headers).end(JSON.stringify(circle(JSON.parse(empty), asked)));
          return true;
        },
        answer: circle,
      };
    },
    outcome: 'fhir_untrusted',
    alert: 'foreign_link',
  },
  {
    name: 'pages without an end',
    task: 'cholesterol.latest',
    conduct: () => ({
      take: ({ method, base, nth, path }, response) => {
        if (method !== 'GET') return false;
        const page = Number(/page=(\d+)/.exec(path)?.[1] ?? nth) + 1;
        const link = [next(`${base}/Observation?page=${page}`)];
        response.writeHead(200, headers).end(JSON.stringify({ ...JSON.parse(empty), link }));
        return true;
      },
      answer: linking(({ base }) => [next(`${base}/Observation?page=2`)]),
    }),
    outcome: 'same',
  },
  {
    name: 'a row that changed between pages, and nothing says which is newer',
    task: 'cholesterol.latest',
    conduct: () => {
      let first: Json | undefined;
      return {
        take: ({ method }, response) => {
          if (method !== 'GET') return false;
          const changed = { ...first, note: [{ text: 'changed meanwhile' }] };
          response
            .writeHead(200, headers)
            .end(JSON.stringify({ ...JSON.parse(empty), entry: [match(changed)] }));
          return true;
        },
        answer: (body, asked) => {
          first = Object(entriesOf(body)[0]?.['resource']);
          return linking(({ base }) => [next(`${base}/Observation?page=2`)])(body, asked);
        },
      };
    },
    outcome: 'fhir_malformed',
    alert: 'conflicting_rows',
  },
  {
    name: 'no self link',
    conduct: () => ({ answer: linking(() => []) }),
    outcome: 'same',
  },
  {
    name: 'a self link that says that no parameter was applied',
    conduct: () => ({
      answer: linking(({ base }) => [{ relation: 'self', url: `${base}/MedicationRequest` }]),
    }),
    outcome: 'same',
  },
  {
    name: 'a total of a million',
    task: 'cholesterol.latest',
    conduct: () => ({ answer: (body) => ({ ...body, total: 1_000_000 }) }),
    outcome: 'same',
  },
];

const transport: readonly Behaviour[] = [
  ...[301, 302, 303, 307, 308].map(
    (status): Behaviour => ({
      name: `a redirect (${status}) elsewhere`,
      conduct: (trap) => taking(status, '', { location: `${trap}/MedicationRequest` }),
      outcome: 'fhir_untrusted',
      alert: 'redirect',
    }),
  ),
  {
    name: 'headers that point elsewhere',
    conduct: (trap) => ({
      headers: {
        location: trap,
        'content-location': trap,
        link: `<${trap}>; rel=next`,
        refresh: `0; ${trap}`,
      },
    }),
    outcome: 'same',
  },
  ...(
    [
      ['HTML', 200, '<html>', { 'content-type': 'text/html' }],
      ['HTML that says it is FHIR', 200, '<html>', {}],
      ['text', 200, empty, { 'content-type': 'text/plain' }],
      ['XML', 200, '<Bundle/>', { 'content-type': 'application/fhir+xml' }],
      ['null', 200, 'null', {}],
      ['nothing', 200, '', {}],
      ['half an answer', 200, empty.slice(0, 40), {}],
      ['a history', 200, '{"resourceType":"Bundle","type":"history"}', {}],
      ['nesting without an end', 200, `{"resourceType":"Bundle","type":"searchset","entry":${deep}}`, {}],
      ['a failure that says 200', 200, outcome, {}],
      ['a bomb in gzip', 200, gzipSync(Buffer.alloc(64_000_000, ' ')), { 'content-encoding': 'gzip' }],
      ['another encoding', 200, empty, { 'content-encoding': 'br' }],
      ['a gigabyte by its length', 200, empty, { 'content-length': '1000000000' }],
      ['a million rows', 200, empty.replace('[]', `[${millionRows}]`), {}],
    ] as const
  ).map(
    ([name, status, body, more]): Behaviour => ({
      name,
      conduct: () => taking(status, body, more),
      outcome: 'fhir_malformed',
      alert: 'malformed_answer',
    }),
  ),
  {
    name: 'a body of a gigabyte, poured',
    conduct: () => ({ take: pouring(' '.repeat(65_536)) }),
    outcome: 'fhir_malformed',
    alert: 'malformed_answer',
  },
  {
    name: 'rows without an end in one answer',
    conduct: () => ({
      take: pouring('{"resource":{"resourceType":"MedicationRequest","id":"r"}},'.repeat(500)),
    }),
    outcome: 'fhir_malformed',
    alert: 'malformed_answer',
  },
  ...[201, 202, 204, 206, 500, 404].map(
    (status): Behaviour => ({
      name: `an honest answer under status ${status}`,
      conduct: () => (status === 204 ? taking(204, '') : { status }),
      outcome: 'fhir_unavailable',
    }),
  ),
  { name: 'a refusal', conduct: () => taking(403, outcome), outcome: 'fhir_refused' },
  { name: 'busy for ever', conduct: () => taking(429, outcome), outcome: 'fhir_unavailable' },
  {
    name: 'headers of a megabyte',
    conduct: () => taking(200, empty, { 'x-much': 'x'.repeat(1_000_000) }),
    outcome: 'fhir_unavailable',
  },
  {
    name: 'silence',
    conduct: () => ({ take: () => true }),
    outcome: 'fhir_timeout',
    timeoutMs: 1_500,
  },
  {
    name: 'a slow drip',
    conduct: () => ({
      take: (_asked, response) => {
        response.writeHead(200, headers);
        const drip = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drip));
        return true;
      },
    }),
    outcome: 'fhir_timeout',
    timeoutMs: 1_500,
  },
  {
    name: 'a line that breaks',
    conduct: () => ({
      take: (_asked, response) => {
        response.writeHead(200, headers);
        response.write('{"resourceType":');
        setTimeout(() => response.destroy(), 20);
        return true;
      },
    }),
    outcome: 'fhir_malformed',
    alert: 'malformed_answer',
  },
  {
    name: 'a CapabilityStatement of another version',
    conduct: () => ({ only: 'metadata', answer: (body) => ({ ...body, fhirVersion: '5.0.0' }) }),
    outcome: 'fhir_malformed',
    alert: 'malformed_answer',
  },
  {
    name: 'a document whose Binary is another resource',
    task: 'note.lookup',
    conduct: () => ({ only: 'Binary/', answer: () => ({ resourceType: 'Patient', id: 'somebody-else' }) }),
    outcome: 'fhir_malformed',
    alert: 'malformed_answer',
  },
  {
    name: 'a document whose Binary is redirected',
    task: 'note.lookup',
    conduct: (trap) => ({ only: 'Binary/', ...taking(302, '', { location: `${trap}/Binary/1` }) }),
    outcome: 'fhir_untrusted',
    alert: 'redirect',
  },
  {
    name: 'a document whose Binary is a gigabyte',
    task: 'note.lookup',
    conduct: () => ({ only: 'Binary/', take: pouring('A'.repeat(65_536)) }),
    outcome: 'fhir_malformed',
    alert: 'malformed_answer',
  },
];

export const behaviours: readonly Behaviour[] = [...filters, ...foreignRows, ...linked, ...transport];
