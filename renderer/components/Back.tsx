import { Button } from '@midas-ds/components/button';
import { ArrowLeft } from 'lucide-react';
import type { Route } from '../app/routes.ts';
import { useApp } from '../app/store.ts';

/** The way back, above the heading of a screen. */
export function Back({ to, label }: { readonly to: Route; readonly label: string }) {
  const go = useApp((state) => state.go);
  return (
    <div>
      <Button variant="tertiary" size="medium" icon={ArrowLeft} iconPlacement="left" onPress={() => go(to)}>
        {label}
      </Button>
    </div>
  );
}
