import { findDataFolder } from './config/product-folder.ts';
import { loadLabelTables } from './labels/load.ts';
import type { LabelTable } from './labels/table.ts';

/** The label tables that ship with the product. */
export const loadShippedLabels = (): readonly LabelTable[] => loadLabelTables(findDataFolder('labels'));
