import type { IdentityKind } from '../vocabulary/identity-sheet.ts';

/** Called once per place found, with offsets in the searched text. */
export type Report = (kind: IdentityKind, start: number, end: number) => void;
