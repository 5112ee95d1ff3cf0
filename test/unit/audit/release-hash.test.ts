import { describe, expect, test } from '@jest/globals';
import { isRecordedEvent, type RecordedEvent } from '../../../src/audit/event-schema.ts';
import {
  hashOfFiles,
  hashOfJson,
  ReleaseVerification,
  releaseFrom,
} from '../../../src/audit/release-hash.ts';
import { happened, type Told, trailId } from './sample-events.ts';

const recorded = (event: Parameters<typeof happened>[1], told: Told): RecordedEvent => {
  const value: unknown = { ...happened(trailId(1), event, told), version: 1 };
  if (!isRecordedEvent(value)) throw new Error('not an event');
  return value;
};
const file = (name: string, text: string) => ({ name, content: Uint8Array.from(Buffer.from(text)) });
const data = hashOfFiles([file('policies/a.cedar', 'permit')]);
const other = hashOfFiles([file('policies/a.cedar', 'permit all')]);
const release = releaseFrom(data, hashOfJson({ limits: 1 }));
const foreign = releaseFrom(other, hashOfJson({ limits: 1 }));
const started = (facts: Told['facts']): RecordedEvent =>
  recorded('gateway.started', { tenant: '-', facts: { ...facts } });
const decided = (releaseHash?: string): RecordedEvent =>
  recorded('request.authorized', { facts: releaseHash === undefined ? {} : { releaseHash } });

describe('what decides', () => {
  test('has one hash, whatever the order of its files', () => {
    const files = [file('tasks/a', '1'), file('policies/b', '2')];
    expect(hashOfFiles(files)).toBe(hashOfFiles(files.toReversed()));
    expect(hashOfFiles([file('tasks/a', '2'), file('policies/b', '2')])).not.toBe(hashOfFiles(files));
    expect(hashOfFiles([file('tasks/c', '1'), file('policies/b', '2')])).not.toBe(hashOfFiles(files));
    expect(releaseFrom(data, 'ab').releaseHash).not.toBe(releaseFrom('ab', data).releaseHash);
  });
});

describe('decisions on a trail', () => {
  test('name a release that a start has stated', () => {
    const releases = new ReleaseVerification(undefined);
    expect(releases.accept(decided())).toBeUndefined();
    expect(releases.accept(decided(release.releaseHash))).toBe('release_unknown');
    expect(releases.accept(started({ ...release }))).toBeUndefined();
    expect(releases.accept(decided(release.releaseHash))).toBeUndefined();
    expect(releases.accept(decided(foreign.releaseHash))).toBe('release_unknown');
  });

  test.each([
    ['without its parts', { releaseHash: release.releaseHash }],
    ['of other parts', { ...release, dataHash: other }],
  ])('a start that states a release %s is named', (_, facts) => {
    expect(new ReleaseVerification(undefined).accept(started(facts))).toBe('release_unknown');
  });

  test('are under a release that was given, by its hash or by its data', () => {
    for (const trust of [
      { releases: [release.releaseHash], data: [] },
      { releases: [], data: [data] },
    ]) {
      const releases = new ReleaseVerification(trust);
      expect(releases.accept(started({ ...release }))).toBeUndefined();
      expect(releases.accept(started({ ...foreign }))).toBeUndefined();
      expect(releases.accept(decided(release.releaseHash))).toBeUndefined();
      expect(releases.accept(decided(foreign.releaseHash))).toBe('release_differs');
      expect(releases.accept(decided())).toBe('release_differs');
      expect(releases.accept(recorded('response.checked', {}))).toBeUndefined();
    }
  });
});
