/**
 * The keyboard is never left without a place. When what has the focus is taken away or can no longer be used (a button that
 * has done its work, a dialog whose opener is gone), the browser lets the focus fall to the page itself, and the next Tab
 * begins from the top. Here it goes to the nearest that is left instead.
 */

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [tabindex]:not([disabled])';

/** The element that had the focus last, and all that it lay in, the nearest first. */
type Place = readonly Element[];

function placeOf(element: Element): Place {
  const place: Element[] = [];
  for (let one: Element | null = element; one && one !== document.body; one = one.parentElement)
    place.push(one);
  return place;
}

const isShown = (element: Element): boolean => element.isConnected && element.getClientRects().length > 0;

function canFocus(element: Element | undefined): element is HTMLElement {
  return element instanceof HTMLElement && isShown(element) && element.matches(FOCUSABLE);
}

/**
 * Itself, where it can be used again; else the first that can, in the nearest that is left of what it lay in. Not beyond
 * the screen: what is being loaded there takes the focus itself.
 */
function nearestOf(place: Place): HTMLElement | null {
  const [element] = place;
  if (canFocus(element)) return element;
  for (const around of place.slice(1)) {
    if (!around.isConnected) continue;
    const isScreen = around.matches('main');
    const inside = [...around.querySelectorAll(isScreen ? 'h1[tabindex]' : FOCUSABLE)];
    const found = inside.find((one) => isShown(one) && (isScreen || (one as HTMLElement).tabIndex >= 0));
    if (found instanceof HTMLElement) return found;
    if (isScreen) return null;
  }
  return null;
}

let wanted: string | null = null;

/**
 * Where the focus goes if what has it now is taken away: the element with that id, once it is there. It holds until the
 * person does something else: what she loses then is another thing.
 */
export function wantFocus(id: string): void {
  wanted = id;
}

/** Begins to watch. @returns the end of it */
export function keepFocus(): () => void {
  let inDialog: Place = [];
  let onPage: Place = [];
  let isAsked = false;

  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element) || target === document.body) return;
    const place = placeOf(target);
    if (place.some((one) => one.getAttribute('role') === 'dialog')) inDialog = place;
    else {
      inDialog = [];
      onPage = place;
    }
  };
  const onKey = (): void => {
    wanted = null;
  };
  /** A press on nothing is meant to leave the field. */
  const onPointer = ({ target }: PointerEvent): void => {
    wanted = null;
    if (target instanceof Element && !target.closest(FOCUSABLE)) inDialog = onPage = [];
  };
  /** Where the focus was put while what is wanted was not there yet. */
  let substitute: Element | null = null;
  const restore = (): void => {
    isAsked = false;
    const active = document.activeElement;
    const isLost = active === document.body || active === null;
    const isWaiting = wanted !== null && active === substitute;
    if (!isLost && !isWaiting) return;
    const aim = wanted === null ? null : document.getElementById(wanted);
    if (aim && canFocus(aim)) {
      wanted = substitute = null;
      aim.focus();
      return;
    }
    if (!isLost) return;
    const next = nearestOf(inDialog) ?? (document.querySelector('[role=dialog]') ? null : nearestOf(onPage));
    if (!next) return;
    substitute = next;
    next.focus();
  };
  // The browser lets go of a disabled button only after the frame in which it was drawn so.
  const observer = new MutationObserver(() => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => setTimeout(restore));
  });
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('keydown', onKey, { capture: true });
  document.addEventListener('pointerdown', onPointer, { capture: true });
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('keydown', onKey, { capture: true });
    document.removeEventListener('pointerdown', onPointer, { capture: true });
  };
}
