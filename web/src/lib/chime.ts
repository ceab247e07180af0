/** Two soft tones, made on the spot: a check of the loudspeakers that needs no file. */

const TONES = [
  { hertz: 523.25, atSeconds: 0 },
  { hertz: 783.99, atSeconds: 0.14 },
];

const TONE_SECONDS = 0.7;
const LOUDNESS = 0.16;

/** Plays the chime. Called from a press of a button, it also allows the page to make sound from then on. */
export async function playChime(): Promise<void> {
  const audio = new AudioContext();
  await audio.resume();
  for (const { hertz, atSeconds } of TONES) playTone(audio, hertz, audio.currentTime + atSeconds);
  setTimeout(() => void audio.close(), 2000 * TONE_SECONDS);
}

function playTone(audio: AudioContext, hertz: number, start: number): void {
  const tone = audio.createOscillator();
  const level = audio.createGain();
  tone.frequency.value = hertz;
  level.gain.setValueAtTime(0, start);
  level.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  // An exponential ramp never reaches zero, so it ends just above what anybody hears.
  level.gain.exponentialRampToValueAtTime(0.0001, start + TONE_SECONDS);
  tone.connect(level).connect(audio.destination);
  tone.start(start);
  tone.stop(start + TONE_SECONDS);
}
