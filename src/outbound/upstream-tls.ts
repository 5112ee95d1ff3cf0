import { createSecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import type { UpstreamTls } from '../config/config.ts';

interface UpstreamFiles {
  /** Undefined where there is no such file. */
  readonly readFile: (path: string) => string | undefined;
  /** The same for a private key, whose file must be closed to others. */
  readonly readSecret: (path: string) => string | undefined;
  /** Files that have changed and cannot be used: the last good ones stand. */
  readonly onFault: () => void;
}

interface Material {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

const textOf = (path: string | undefined, read: UpstreamFiles['readFile']): string | undefined => {
  const text = path === undefined ? undefined : read(path);
  if (path !== undefined && (text === undefined || text.trim() === ''))
    throw new Error('a file of upstreamTls cannot be read');
  return text;
};

const connectorOf = (material: Material): buildConnector.connector => {
  // Fails for what is no PEM, and for a key that is not of its certificate.
  createSecureContext(material);
  return buildConnector({ ...material, maxCachedSessions: 0 });
};

/**
 * Makes connections to one upstream with its own authorities and the gateway's certificate. Files are read for each
 * connection, so that one that is renewed counts from the next connection on; half of a renewal leaves the last good
 * one standing. TLS sessions are never taken up again: a resumed one would not ask for identities. Throws at creation
 * where a file cannot be used.
 */
export function upstreamConnector(at: UpstreamTls, files: UpstreamFiles): buildConnector.connector {
  const read = (): Material => {
    const ca = textOf(at.authorities, files.readFile);
    const cert = textOf(at.certificate, files.readFile);
    const key = textOf(at.key, files.readSecret);
    return {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    };
  };
  const first = read();
  let seen = JSON.stringify(first);
  let connector = connectorOf(first);

  function current(): buildConnector.connector {
    try {
      const material = read();
      const text = JSON.stringify(material);
      if (text === seen) return connector;
      connector = connectorOf(material);
      seen = text;
    } catch {
      files.onFault();
    }
    return connector;
  }

  return (options, callback) => current()(options, callback);
}
