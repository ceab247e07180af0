import type { RateCapabilities } from './steering';
export type PlayerCapabilities = RateCapabilities;
