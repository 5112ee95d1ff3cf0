import { createHash } from 'node:crypto';
import { cosign, signCheckpoint } from '../../../src/audit/checkpoint.ts';
import { type Receipt, signReceipt } from '../../../src/audit/receipt.ts';
import { purgedLeaf } from '../../../src/audit/retention.ts';
import { parseNote, signatureTypes, type VerifierKey } from '../../../src/audit/signed-note.ts';
import { noTrust, type SignedRow } from '../../../src/audit/signed-verification.ts';
import type { HonestLog } from '../../fixtures/honest-log.ts';
import { logSigner } from '../../unit/audit/log-keys.ts';
import {
  asText,
  checkpointsIn,
  eventsIn,
  linesIn,
  type Mutation,
  oneOf,
  rootsOf,
  withCheckpoints,
} from './exports.ts';

/** The same public key under another name or of another type. */
function vkeyAs(key: VerifierKey, name: string, type: number): string {
  const typed = Buffer.from(key.text.split('+').slice(2).join('+'), 'base64');
  typed.writeUInt8(type, 0);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4).toString('hex');
  return `${name}+${id}+${typed.toString('base64')}`;
}

const sorted = (lines: readonly string[]): string[] => lines.toSorted((a, b) => (a < b ? -1 : 1));

/** The file of keys, as it must not be. Those whose keys the verifier brings along; and those that show by themselves. */
const foreignKeys: readonly ((
  keys: readonly string[],
  log: HonestLog,
  other: HonestLog,
) => readonly string[])[] = [
  (keys, _, { signer }) => sorted([...keys, signer.key.text]),
  (keys, _, { witness }) => sorted([...keys, witness.key.text]),
  (keys, { signer }, other) =>
    sorted(keys.map((key) => (key === signer.key.text ? other.signer.key.text : key))),
  (keys, { signer }) => sorted([...keys, vkeyAs(signer.key, signer.key.name, signatureTypes.cosignature)]),
  (_, { signer, witness }) =>
    sorted([
      vkeyAs(signer.key, witness.key.name, signatureTypes.cosignature),
      vkeyAs(witness.key, signer.key.name, signatureTypes.ed25519),
    ]),
];
const spoiltKeys: readonly ((keys: readonly string[], log: HonestLog) => readonly string[])[] = [
  (keys) => keys.toReversed(),
  (keys) => [...keys, keys.at(-1) ?? ''],
  (keys) => [...keys, ''],
  (keys) => keys.map((key) => `${key}\r`),
  (keys) => keys.map((key) => `${key}=`),
  (keys) => keys.slice(1),
  (keys, { signer }) => sorted([...keys, vkeyAs(signer.key, `${signer.key.name}2`, signatureTypes.ed25519)]),
  (keys, { signer }) =>
    sorted([...keys, vkeyAs(signer.key, signer.key.name.replace('e', '\u0435'), signatureTypes.ed25519)]),
  (keys, { signer }) =>
    keys.map((key) => key.replace(signer.key.name, signer.key.name.replace('t', '\uFF54'))),
];

/** The newest checkpoint, said otherwise, in both of its places. */
const notes: readonly ((note: string, log: HonestLog) => string)[] = [
  (note) => note.replace(/(— log.*\n)/, '$1$1'),
  (note) => note.replace(/(— witness.*\n)/, '$1$1'),
  (note) => note.replace(/(— log.*\n)(— witness.*\n)/, '$2$1'),
  (note) => note.replace('\n\n', '\nextension\n\n'),
  (note) => note.replace('\n\n', '\n\n\n'),
  (note) => note.replace(/\n(\d+)\n/, '\n0$1\n'),
  (note) => note.replaceAll('\n', '\r\n'),
  (note) => `${note}— stranger AAAAAAAA\n`,
  (note, { signer, witness }) =>
    note + cosign({ ...witness, key: signer.key }, parseNote(note)?.text ?? '', 0),
  (note) => `${note}\n`,
  (note) => note.trimEnd(),
];

/** Lines of checkpoints, said otherwise; `row` is one of them. */
const checkpointLines: readonly ((lines: readonly string[], row: string) => readonly string[])[] = [
  (lines, row) => lines.flatMap((line) => (line === row ? [line, line] : [line])),
  (lines, row) => [...lines, row],
  (lines, row) => [row, ...lines],
  (lines, row) => lines.map((line) => (line === row ? line.replace('{', '{"size":0,') : line)),
  (lines, row) => lines.map((line) => (line === row ? line.replace(/\}$/, ',"size":1}') : line)),
  (lines, row) => lines.map((line) => (line === row ? line.replace(/"size":(\d+)/, '"size":"$1"') : line)),
  (lines, row) => lines.map((line) => (line === row ? line.replace(/"size":(\d+)/, '"size":$1.0') : line)),
  (lines, row) =>
    lines.map((line) => (line === row ? line.replace(/"size":\d+/, '"size":9007199254740993') : line)),
  (lines, row) => lines.map((line) => (line === row ? `${line} ` : line)),
  (lines, row) => lines.flatMap((line) => (line === row ? ['', line] : [line])),
];

/** A receipt that the log did not give. */
const forgeries: readonly ((receipt: Receipt, another: Receipt, log: HonestLog) => Receipt)[] = [
  (_, another) => another,
  (receipt, another) => ({ ...receipt, leaf: another.leaf }),
  (receipt, another) => ({ ...receipt, trail: another.trail }),
  (receipt, another) => ({ ...receipt, signature: another.signature }),
  (receipt) => ({ ...receipt, seq: receipt.seq + 1 }),
  (receipt) => ({ ...receipt, seq: 2 ** 60 }),
  (receipt) => ({ ...receipt, seq: Number.NaN }),
  (receipt) => ({ ...receipt, signature: `${receipt.signature}00` }),
  (receipt) => ({ ...receipt, signature: `${receipt.signature}zz` }),
  (receipt) => ({ ...receipt, signature: receipt.signature.toUpperCase() }),
  (receipt) => ({ ...receipt, leaf: receipt.leaf.toUpperCase() }),
  (receipt) => ({ ...receipt, trail: `${receipt.trail}\n` }),
  (receipt, _, { witness }) => ({ ...receipt, keyId: witness.key.id }),
];

/** What can be done to keys, checkpoints and receipts; some of it by the log's own key. */
export const signedMutations: Readonly<Record<string, Mutation>> = {
  'keys exchanged'({ files, log, otherLog, dice, trust }) {
    const keys = linesIn(files.get('keys'));
    const foreign = dice(2) === 0;
    const changed = foreign
      ? (oneOf(foreignKeys, dice)?.(keys, log, otherLog) ?? keys)
      : (oneOf(spoiltKeys, dice)?.(keys, log) ?? keys);
    const reasons = [
      'key_unknown',
      'key_malformed',
      'signature_unknown',
      'signature_missing',
      'checkpoint_foreign',
    ];
    return {
      files: new Map(files).set('keys', asText(changed)),
      trust: foreign ? trust : noTrust,
      seq: 0,
      reasons,
    };
  },

  'checkpoint said otherwise'({ files, log, dice }) {
    const rows = checkpointsIn(files);
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    if (dice(2) === 0) {
      const note = oneOf(notes, dice)?.(last.note, log) ?? '';
      return { files: withCheckpoints(files, [...rows.slice(0, -1), { size: last.size, note }]) };
    }
    const lines = linesIn(files.get('checkpoints.ndjson'));
    const changed = oneOf(checkpointLines, dice)?.(lines, oneOf(lines, dice) ?? '') ?? lines;
    return { files: new Map(files).set('checkpoints.ndjson', asText(changed)) };
  },

  'look-alike of the log'({ files, log, dice, trust }) {
    const name = oneOf(
      [log.signer.key.name.replace('e', '\u0435'), `${log.signer.key.name}.`, log.signer.key.name],
      dice,
    );
    const signer = logSigner(name);
    const roots = rootsOf(eventsIn(files));
    const rows = checkpointsIn(files).map(({ size }): SignedRow => {
      const root = roots.get(size) ?? new Uint8Array(32);
      return { size, note: signCheckpoint(signer, { origin: signer.key.name, size, root }) };
    });
    const alike = withCheckpoints(
      new Map([...files].filter(([one]) => !one.startsWith('proofs/'))),
      rows,
    ).set('keys', asText([signer.key.text]));
    const told = [
      { ...noTrust, keys: trust.keys },
      { ...noTrust, kept: trust.kept },
      { ...noTrust, receipts: trust.receipts },
      { ...noTrust, witnesses: trust.witnesses },
    ].filter(({ receipts, ...rest }) => receipts.length + Object.values(rest).flat().length > 0);
    return { files: alike, trust: oneOf(told, dice) ?? trust };
  },

  'receipt of another log'({ log, otherLog, dice, trust }) {
    const [receipt, another] = [oneOf(log.receipts, dice), oneOf(otherLog.receipts, dice)];
    if (receipt === undefined || another === undefined) return undefined;
    const forged = oneOf(forgeries, dice)?.(receipt, another, log) ?? another;
    return { trust: { ...trust, receipts: [...trust.receipts, forged] }, reasons: ['receipt_invalid'] };
  },

  'receipt of a fork'({ files, log, dice, trust }) {
    const receipt = oneOf(log.receipts, dice);
    // Of an event whose payload is gone, the leaf alone says whether it is the promised one.
    if (receipt === undefined || purgedLeaf(eventsIn(files)[receipt.seq] ?? '') !== undefined)
      return undefined;
    const { trail, seq, leaf } = receipt;
    const elsewhere = oneOf(
      [
        { trail, seq, leaf: leaf.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
        { trail, seq: seq + 1, leaf },
        { trail, seq: seq + 10 ** 6, leaf },
        { trail: trail.replace(/^./, 'f'), seq, leaf },
      ],
      dice,
    );
    if (elsewhere === undefined) return undefined;
    const signed = signReceipt(log.signer, elsewhere);
    return {
      trust: { ...trust, receipts: [...trust.receipts, signed] },
      seq: signed.seq,
      reasons: ['receipt_leaf_missing'],
    };
  },

  'kept checkpoint of another log'({ files, log, otherLog, dice, trust }) {
    const origin = log.signer.key.name;
    const size = 1 + dice(eventsIn(files).length);
    const kept = oneOf(
      [
        otherLog.newest,
        signCheckpoint(log.signer, { origin, size, root: Buffer.alloc(32, size) }),
        signCheckpoint(log.signer, { origin, size: 10 ** 12, root: Buffer.alloc(32) }),
        signCheckpoint(log.signer, { origin, size: 0, root: Buffer.alloc(32) }),
        log.newest.replace(/\n(\d+)\n/, '\n1$1\n'),
        log.newest.replace(/— log.*\n/, ''),
        '',
      ],
      dice,
    );
    return {
      trust: { ...trust, kept: [...trust.kept, kept ?? ''] },
      reasons: [
        'kept_checkpoint_differs',
        'kept_checkpoint_ahead',
        'signature_invalid',
        'signature_missing',
        'checkpoint_malformed',
      ],
    };
  },
};
