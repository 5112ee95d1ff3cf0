import { expect, test } from '@jest/globals';
import { parseAccessDetails } from '../../../src/delegation/access-details.ts';
import { Refusal } from '../../../src/errors/refusal.ts';
import fc from '../../fixtures/properties.ts';

const body = { patient: 'p1', task: 'cholesterol.latest', purpose: 'TREAT' };
const details = { type: 'phi_access', ...body };

test('the phi object of a body', () => {
  expect(parseAccessDetails(body)).toEqual({ ...body, actions: ['ask'] });
  const full = { ...body, patient: 'self', encounter: 'e.1', ticket: 'INC-12', conversation: 'c:1' };
  expect(parseAccessDetails(full)).toEqual({ ...full, actions: ['ask'] });
});

test('a patient by an identifier', () => {
  const named = { ...body, patient: 'http://hospital.example/mrn|4471193' };
  expect(parseAccessDetails(named)).toEqual({ ...named, actions: ['ask'] });
  expect(parseAccessDetails([{ ...details, ...named }])).toEqual({ ...named, actions: ['ask'] });
});

test('authorization_details, as text and parsed', () => {
  expect(parseAccessDetails(JSON.stringify([details]))).toEqual({ ...body, actions: ['ask'] });
  expect(parseAccessDetails([{ ...details, actions: ['context', 'ask', 'ask'] }])).toEqual({
    ...body,
    actions: ['ask', 'context'],
  });
});

const wrong: readonly (readonly [string, unknown, string])[] = [
  ['nothing', undefined, '/authorization_details'],
  ['a number', 7, '/authorization_details'],
  ['no JSON', '[{', '/authorization_details'],
  ['JSON of an object', JSON.stringify(details), '/authorization_details'],
  ['an empty list', [], '/authorization_details'],
  ['two objects', [details, { ...details, patient: 'p2' }], '/authorization_details'],
  ['a list of text', ['phi_access'], '/authorization_details/0'],
  ['another type', [{ ...details, type: 'payment' }], '/authorization_details/0/type'],
  ['no type', [body], '/authorization_details/0/type'],
  ['no purpose', { patient: 'p1', task: 'allergies' }, '/phi/purpose'],
  ['a purpose nobody knows', { ...body, purpose: 'CURIOSITY' }, '/phi/purpose'],
  ['a purpose of the prototype', { ...body, purpose: 'constructor' }, '/phi/purpose'],
  ['no patient', { task: 'allergies', purpose: 'TREAT' }, '/phi/patient'],
  ['every patient', { ...body, patient: '*' }, '/phi/patient'],
  ['two patients in one', { ...body, patient: 'p1,p2' }, '/phi/patient'],
  ['a reference for an id', { ...body, patient: 'Patient/p1' }, '/phi/patient'],
  ['a list of patients', { ...body, patient: ['p1'] }, '/phi/patient'],
  ['an identifier without its system', { ...body, patient: '|4471193' }, '/phi/patient'],
  ['an identifier of two bars', { ...body, patient: 'urn:mrn|4471|193' }, '/phi/patient'],
  ['a path for an id', { ...body, patient: '..' }, '/phi/patient'],
  ['a task with a path', { ...body, task: '../etc' }, '/phi/task'],
  ['an encounter that is null', { ...body, encounter: null }, '/phi/encounter'],
  ['a ticket with words', { ...body, ticket: 'call Jane Doe' }, '/phi/ticket'],
  ['an unknown member', { ...body, patients: 'p2' }, '/phi'],
  ['actions in a body', { ...body, actions: ['ask'] }, '/phi'],
  ['a conversation in details', [{ ...details, conversation: 'c1' }], '/authorization_details/0'],
  ['no action', [{ ...details, actions: [] }], '/authorization_details/0/actions'],
  ['an unknown action', [{ ...details, actions: ['ask', 'export'] }], '/authorization_details/0/actions'],
];

test.each(wrong)('malformed: %s', (_name, input, fault) => {
  expect(() => parseAccessDetails(input)).toThrow(
    expect.objectContaining({ reason: 'malformed_request', fault }),
  );
});

/** What comes of an input: the request's members, or the position of the fault. */
function outcome(input: unknown): string {
  try {
    return Object.keys(parseAccessDetails(input)).join(' ');
  } catch (thrown) {
    return thrown instanceof Refusal ? `fault ${thrown.fault}` : 'threw';
  }
}

test('whatever is sent, the answer is a request of known members or a refusal without its values', () => {
  const member = fc.constantFrom('type', 'patient', 'task', 'purpose', 'actions', 'encounter', 'x');
  const value = fc.oneof(fc.constantFrom('phi_access', 'p1', 'TREAT', 'allergies'), fc.anything());
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(fc.dictionary(member, value))), (input) => {
      expect(outcome(input)).toMatch(
        /^(?:patient task purpose actions(?: encounter)?|fault \/(?:phi|authorization_details)(?:\/0)?(?:\/[a-z]+)?)$/,
      );
    }),
  );
});
