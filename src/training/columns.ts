export { allocateColumns, type Columns, columnsFromRows } from '../core/columns.js';
