import { useEffect, useRef, type RefObject } from 'react';

/** Raises a marking one level, wherever in its row or form the focus is. */
export const RAISE_KEY = 'Alt+ArrowUp';

/**
 * Listens for {@link RAISE_KEY} in the nearest of some elements around a component, so that the key works wherever in
 * it the focus is and nowhere else: behind an open dialog there may be another.
 * @param around a selector of the element that the component must stand in
 * @returns a ref for an element of the component
 */
export function useRaiseKey<E extends Element>(around: string, onPress: () => void): RefObject<E | null> {
  const element = useRef<E>(null);
  const latest = useRef(onPress);
  useEffect(() => {
    latest.current = onPress;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.shiftKey || event.key !== 'ArrowUp') return;
      const place = element.current?.closest(around);
      if (!(event.target instanceof Node) || !place?.contains(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [around]);
  return element;
}
