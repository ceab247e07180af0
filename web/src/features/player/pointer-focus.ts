/**
 * Buttons that have the focus because a pointer pressed them. Whoever works with a pointer has not chosen where the focus is: it
 * stays on what he pressed last, and comes back there when a menu closes. To him Space belongs to the film.
 */

export class PointerFocus {
  readonly #pressed = new WeakSet<Element>();
  readonly #buttons: string;
  #lastKey: string | null = null;

  /** `buttons` selects what Space would press. */
  constructor(buttons: string, signal: AbortSignal) {
    this.#buttons = buttons;
    const options = { capture: true, signal };
    document.addEventListener('pointerdown', (event) => this.#pointed(event.target), options);
    document.addEventListener('keydown', ({ key }) => this.#typed(key), options);
    document.addEventListener('focusin', (event) => this.#focused(event.target), options);
  }

  holds(element: Element): boolean {
    return this.#pressed.has(element);
  }

  #pointed(target: EventTarget | null): void {
    this.#lastKey = null;
    const button = target instanceof Element ? target.closest(this.#buttons) : null;
    if (button !== null) this.#pressed.add(button);
  }

  #typed(key: string): void {
    this.#lastKey = key;
  }

  /** Somebody went there by keyboard, and wants to press it by keyboard. A focus that comes back after Escape is none of his doing. */
  #focused(target: EventTarget | null): void {
    const walked = this.#lastKey === 'Tab' || this.#lastKey?.startsWith('Arrow') === true;
    if (walked && target instanceof Element) this.#pressed.delete(target);
  }
}
