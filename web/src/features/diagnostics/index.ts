/** How well this page follows its room: notes that are always taken, and an overlay that shows them (WEB-6). */

export { Diagnostics } from './Diagnostics';
export { type Correction, noteCorrection, noteLoad, noteSample, noteTrouble, type Sample } from './diagnostics-store';
export { DIAGNOSTICS_KEYS, openDiagnostics } from './open-diagnostics';
