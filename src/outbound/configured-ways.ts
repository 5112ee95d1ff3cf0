import type { Config } from '../config/config.ts';
import { recogniserAddress } from '../config/configured-origins.ts';
import { socketPath } from '../config/socket-path.ts';
import type { Ways } from './dispatcher.ts';

/** Origins that are reached otherwise than by plain TLS: the recogniser, by mutual TLS or by its socket. */
export function configuredWays({ redaction }: Pick<Config, 'redaction'>): Ways {
  const { recogniser } = redaction;
  if (recogniser === undefined) return new Map();
  const { tls, url } = recogniser;
  const way =
    tls === undefined
      ? { socketPath: socketPath(url) ?? '' }
      : { cert: tls.certificate, key: tls.key, ca: tls.authority };
  return new Map([[new URL(recogniserAddress(recogniser)).origin, way]]);
}
