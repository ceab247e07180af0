/** The film: player, controls, and the loop that keeps it in step with the room. */

export { PlayerStage } from './PlayerStage';
export { type PlayerHandle, usePlayer } from './use-player';
