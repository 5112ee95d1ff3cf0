import { request } from 'node:http';
import { isRecord } from '../../../src/vocabulary/fhir.ts';
import type { Reply } from '../../fixtures/running-sandbox.ts';

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
};

/**
 * One request without a client's good manners: any path, any header, a body in pieces. An answer that comes before
 * the body is taken counts; the rest of the body is not sent then.
 */
export function rawRequest(
  url: string,
  options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly pieces?: readonly (string | Buffer)[];
  },
): Promise<Reply> {
  const { method = 'POST', path = '/v1/chat/completions', headers = {}, pieces = [] } = options;
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let answered = false;
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      answered = true;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      const finish = (): void => {
        sent.destroy();
        const all = new Headers();
        for (const [name, value] of Object.entries(response.headers))
          all.set(name, Array.isArray(value) ? value.join(', ') : (value ?? ''));
        resolve({
          status: response.statusCode ?? 0,
          body: parsed(text),
          text,
          trail: all.get('phi-trail') ?? '',
          headers: all,
        });
      };
      response.on('end', finish);
      response.on('error', finish);
    });
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    for (const piece of pieces) sent.write(piece);
    sent.end();
  });
}
