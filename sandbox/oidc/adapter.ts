import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly model: string;
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch; infinite where the model has no lifetime. */
  readonly expires: number;
}

const capacity = 20_000;

/** Everything the sandbox's issuer remembers, in one bounded map that dies with it; the oldest entry goes first. */
export function createMemoryAdapter(): AdapterFactory {
  const entries = new Map<string, Entry>();

  const alive = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key);
    if (entry !== undefined && entry.expires <= Date.now()) entries.delete(key);
    return entries.get(key)?.payload;
  };
  const where = (model: string, test: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    for (const [key, entry] of entries) {
      if (entry.model === model && test(entry.payload)) return alive(key);
    }
    return undefined;
  };

  return (model): Adapter => ({
    async upsert(id, payload, expiresIn) {
      const key = `${model}:${id}`;
      entries.delete(key);
      const oldest = entries.keys().next().value;
      if (entries.size >= capacity && oldest !== undefined) entries.delete(oldest);
      entries.set(key, {
        model,
        payload,
        expires: expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000,
      });
    },
    async find(id) {
      return alive(`${model}:${id}`);
    },
    async findByUserCode(userCode) {
      return where(model, (payload) => payload.userCode === userCode);
    },
    async findByUid(uid) {
      return where(model, (payload) => payload.uid === uid);
    },
    async consume(id) {
      const payload = alive(`${model}:${id}`);
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, entry] of entries) if (entry.payload.grantId === grantId) entries.delete(key);
    },
  });
}
