import { expect, test } from '@jest/globals';
import { approversOf, releaseStatement } from '../../../src/audit/release-approval.ts';
import { releaseFrom } from '../../../src/audit/release-hash.ts';
import {
  createNoteSigner,
  type NoteSigner,
  signatureLine,
  signatureTypes,
} from '../../../src/audit/signed-note.ts';
import { newKeyPair } from '../../fixtures/key-pair.ts';

const pem = () => newKeyPair('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const [annesKey, bensKey] = [pem(), pem()];
const anne = createNoteSigner('anne', annesKey);
const ben = createNoteSigner('ben', bensKey);
const eve = createNoteSigner('eve', pem());
const approvers = [anne.key, ben.key];

const release = releaseFrom('d'.repeat(64), 'c'.repeat(64));
const other = releaseFrom('e'.repeat(64), 'c'.repeat(64));
const statement = releaseStatement(release);
const noteOf = (text: string, ...signers: readonly NoteSigner[]): string =>
  `${text}\n${signers.map((signer) => signatureLine(signer.key, signer.sign(text))).join('')}`;

const rows: readonly [name: string, notes: readonly string[], by: readonly string[]][] = [
  ['both in one note', [noteOf(statement, ben, anne)], ['anne', 'ben']],
  ['each in a note of their own', [noteOf(statement, ben), noteOf(statement, anne)], ['anne', 'ben']],
  ['one of them twice', [noteOf(statement, anne, anne), noteOf(statement, anne)], ['anne']],
  ['one of them and a stranger', [noteOf(statement, anne, eve)], ['anne']],
  ['a stranger under the name of one', [noteOf(statement, createNoteSigner('anne', pem()))], []],
  ['one of them under the name of the other', [noteOf(statement, createNoteSigner('ben', annesKey))], []],
  [
    'a cosignature instead of a signature',
    [noteOf(statement, createNoteSigner('anne', annesKey, signatureTypes.cosignature))],
    [],
  ],
  ['another release', [noteOf(releaseStatement(other), anne, ben)], []],
  [
    'signatures of another release under this one',
    [noteOf(releaseStatement(other), anne, ben).replace(releaseStatement(other), () => statement)],
    [],
  ],
  ['a statement with a line too many', [noteOf(`${statement}and more\n`, anne, ben)], []],
  ['no note', ['', 'approved', statement, `${statement}\n`], []],
  ['nothing', [], []],
];
test.each(rows)('%s', (_name, notes, by) => {
  expect(approversOf(release, notes, approvers)).toEqual(by);
});

test('the statement holds the release and what it is made of', () => {
  expect(statement.split('\n')).toEqual([
    'phi-gateway release v1',
    release.releaseHash,
    `data ${'d'.repeat(64)}`,
    `config ${'c'.repeat(64)}`,
    '',
  ]);
});
