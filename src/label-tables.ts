import { findDataFolder } from './config/product-folder.ts';
import { loadLabelTables } from './labels/load.ts';
import type { LabelTable } from './labels/table.ts';
import { type DataReader, fromDisk } from './vocabulary/data-reader.ts';

/** The label tables that ship with the product. */
export const loadShippedLabels = (reader: DataReader = fromDisk): readonly LabelTable[] =>
  loadLabelTables(findDataFolder('labels'), reader);
