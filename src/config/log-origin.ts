/** Name of the log in its checkpoints and keys: `audit.origin`, by default the public host and `/log`. */
export const logOrigin = ({
  audit,
  listeners,
}: {
  readonly audit: { readonly origin?: string };
  readonly listeners: { readonly publicUrl: string };
}): string =>
  audit.origin ??
  `${URL.canParse(listeners.publicUrl) ? new URL(listeners.publicUrl).host : listeners.publicUrl}/log`;
