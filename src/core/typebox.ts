/**
 * TypeBox, of which the build makes one file here: one by one its 683 files take every command 0.1 to 0.2 s to load.
 */
export {
  type Static,
  type TNumber,
  type TObject,
  type TOptional,
  type TSchema,
  Type,
} from 'typebox';
export { Compile } from 'typebox/compile';
export { Check } from 'typebox/value';
