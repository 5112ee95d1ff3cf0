/** Stores beside the trail, whose heads stand on it. */
export const storeNames = ['revocations', 'grants', 'consents', 'emergencies', 'proxies', 'vault'] as const;

export type StoreName = (typeof storeNames)[number];

/** Why a store is not the one that the trail states. */
export const storeFaults = {
  behind: 'It is older: changes that the trail knows of are not in it.',
  differs: 'It has another past than the one on the trail, or the trail is the older one.',
  unreadable: 'It cannot be read.',
} as const;

export type StoreFault = keyof typeof storeFaults;

/** Why the newest checkpoint of the log is not kept or not cosigned. */
export const logFaults = {
  checkpoint_not_kept: 'It cannot be signed or written.',
  witness_unreachable: 'A witness does not answer.',
  witness_refused: 'A witness does not cosign it, or with another key than its own.',
  witness_ahead: 'A witness has cosigned a longer log than this one.',
} as const;

export type LogFault = keyof typeof logFaults;
