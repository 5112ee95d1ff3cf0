import type { Config } from '../config/config.ts';
import { findDataFolder } from '../config/product-folder.ts';
import { loadShippedLabels } from '../label-tables.ts';
import { loadPacksInForce } from '../packs.ts';
import { loadPolicySet } from '../policy/load.ts';
import { loadTasks } from '../retrieval/task-catalogue.ts';

/** What decides, read from its files before anything is opened. Throws where one of them is faulty. */
export const loadRules = ({ redaction }: Config) => ({
  tasks: loadTasks(findDataFolder('tasks')),
  policy: loadPolicySet(findDataFolder('policies')),
  labels: loadShippedLabels(),
  packs: loadPacksInForce(redaction.packs),
});

export type Rules = ReturnType<typeof loadRules>;
