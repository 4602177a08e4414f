import { Button } from '@midas-ds/components/button';
import { Row, Stack } from './Layout.tsx';
import { sv } from '../text/sv.ts';

/** Asked of the person where the shell is not told whether anything was printed. */
export function AskPrinted({ onAnswer }: { readonly onAnswer: (isPrinted: boolean) => void }) {
  return (
    <div role="status">
      <Stack gap="small">
        <p>{sv.common.askPrinted}</p>
        <Row gap="small">
          <Button size="medium" onPress={() => onAnswer(true)}>
            {sv.common.wasPrinted}
          </Button>
          <Button variant="secondary" size="medium" onPress={() => onAnswer(false)}>
            {sv.common.wasNotPrinted}
          </Button>
        </Row>
      </Stack>
    </div>
  );
}
