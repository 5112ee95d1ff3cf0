import { NotProven } from '../reasons.ts';
import type { PckCertificate } from './pck-certificate.ts';
import { type Fields, read } from './signed-collateral.ts';

/** What Intel says of firmware of one age. */
export interface Level {
  readonly status: string;
  readonly date: string;
  readonly advisories: readonly string[];
}

const levelOf = (told: Fields): Level => ({
  status: read.text(told['tcbStatus']),
  date: read.text(told['tcbDate']),
  advisories: read.list(told['advisoryIDs'] ?? []).map((one) => read.text(one)),
});

/** The first of levels, newest first, that `reached` holds of; throws `tcb_unknown` where there is none. */
function firstLevel(levels: unknown, reached: (tcb: Fields) => boolean): Level {
  const found = read
    .list(levels)
    .map((level) => read.record(level))
    .find((level) => reached(read.record(level['tcb'])));
  if (found === undefined) throw new NotProven('tcb_unknown');
  return levelOf(found);
}

/** The level of an enclave or of a TDX module, by its security version. */
export const levelOfVersion = (levels: unknown, version: number): Level =>
  firstLevel(levels, (tcb) => read.number(tcb['isvsvn']) <= version);

const versionsOf = (components: unknown): readonly number[] => {
  const versions = read.list(components).map((one) => read.number(read.record(one)['svn']));
  if (versions.length !== 16) throw new NotProven('collateral_invalid');
  return versions;
};

const reaches = (have: ArrayLike<number>, wanted: readonly number[], from = 0): boolean =>
  wanted.every((version, index) => index < from || (have[index] ?? 0) >= version);

/**
 * The level of a machine by Intel's algorithm: the first whose sixteen parts, provisioning enclave and parts of TDX it
 * reaches. A module that is told apart by version (second byte of TEE_TCB_SVN) has a level of its own, and the first two
 * parts of TDX, which are its version, are left to that.
 */
export function levelOfMachine(tcbInfo: Fields, pck: PckCertificate, teeTcbSvn: Uint8Array): Level {
  const from = (teeTcbSvn[1] ?? 0) > 0 ? 2 : 0;
  return firstLevel(
    tcbInfo['tcbLevels'],
    (tcb) =>
      reaches(pck.components, versionsOf(tcb['sgxtcbcomponents'])) &&
      pck.pceSvn >= read.number(tcb['pcesvn']) &&
      reaches(teeTcbSvn, versionsOf(tcb['tdxtcbcomponents']), from),
  );
}

/** From best to worst. One that does not stand here is the worst, so that no policy allows it by another name. */
const ranks = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'Revoked',
];
const rankOf = (status: string): number => {
  const rank = ranks.indexOf(status);
  return rank === -1 ? ranks.length : rank;
};

/** What becomes of a machine's status by a part of it that is out of date. */
const outdated: ReadonlyMap<string, string> = new Map([
  ['UpToDate', 'OutOfDate'],
  ['SWHardeningNeeded', 'OutOfDate'],
  ['ConfigurationNeeded', 'OutOfDateConfigurationNeeded'],
  ['ConfigurationAndSWHardeningNeeded', 'OutOfDateConfigurationNeeded'],
]);

const worse = (status: string, part: string): string => {
  if (part === 'OutOfDate') return outdated.get(status) ?? status;
  return rankOf(part) > rankOf(status) ? part : status;
};

/** A machine's level and those of its module and quoting enclave in one: it is no better than its worst part. */
export const together = (machine: Level, parts: readonly Level[]): Level => ({
  status: parts.reduce((status, part) => worse(status, part.status), machine.status),
  date: machine.date,
  advisories: [...new Set([machine, ...parts].flatMap(({ advisories }) => advisories))].toSorted(),
});
