import { TextField } from '@midas-ds/components/textfield';
import { CHANNEL_NAME } from '../../../shared/domain/words.ts';
import { useQuery } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { sv } from '../../text/sv.ts';
import type { FieldsProps } from './EmailFields.tsx';
import styles from './PaperFields.module.css';
import { CARRIAGES, type Carriage } from './ways.ts';

const GRADES = [
  ['none', sv.dispatch.gradeUnknown],
  ...sv.dispatch.grades.map((grade) => [grade, grade] as const),
] as const;
const CARRIAGE_CHOICES: readonly (readonly [Carriage | 'auto', string])[] = [
  ['auto', sv.dispatch.carriageAuto],
  ...CARRIAGES.map((carriage) => [carriage, CHANNEL_NAME[carriage]] as const),
];
const LAYOUTS = Object.entries(sv.dispatch.layouts) as ['C4' | 'C5' | 'A4-etikett', string][];
const COPIES = Array.from({ length: 10 }, (_unused, index) => [`${index + 1}`, `${index + 1}`] as const);

/** What stands on the transfer sheet. */
export function SignalskyddFields({ details, change }: FieldsProps) {
  return (
    <div className={styles.fields}>
      <Choice
        label={sv.dispatch.grade}
        value={details.grade === '' ? 'none' : details.grade}
        options={GRADES}
        onChange={(grade) => change({ grade: grade === 'none' ? '' : grade })}
      />
      <TextField
        label={sv.dispatch.medium}
        size="medium"
        value={details.medium}
        onChange={(medium) => change({ medium })}
      />
      <TextField
        label={sv.dispatch.recipientName}
        size="medium"
        value={details.recipientName}
        onChange={(recipientName) => change({ recipientName })}
      />
    </div>
  );
}

/** How it is carried, in which envelope, in how many copies, to whom. */
export function EnvelopeFields({ details, change }: FieldsProps) {
  const { data: recipients } = useQuery('keys.recipients', null);
  return (
    <div className={styles.fields}>
      <Choice
        label={sv.dispatch.carriage}
        value={details.carriage ?? 'auto'}
        options={CARRIAGE_CHOICES}
        onChange={(carriage) => change({ carriage: carriage === 'auto' ? null : carriage })}
      />
      <Choice
        label={sv.dispatch.recipient}
        value={details.recipient ?? 'form'}
        options={[
          ['form', sv.dispatch.recipientOfForm],
          ...(recipients ?? [])
            .filter(({ addresses }) =>
              addresses.some(({ type }) => type !== 'phone' && type !== 'email' && type !== 'portal'),
            )
            .map(({ id, name }) => [id, name] as const),
        ]}
        onChange={(recipient) => change({ recipient: recipient === 'form' ? null : recipient })}
      />
      <Choice
        label={sv.dispatch.layout}
        value={details.layout}
        options={LAYOUTS}
        onChange={(layout) => change({ layout })}
      />
      <Choice
        label={sv.dispatch.copies}
        value={`${details.copies}`}
        options={COPIES}
        onChange={(copies) => change({ copies: Number(copies) })}
      />
      <TextField
        label={sv.dispatch.attention}
        size="medium"
        value={details.attention}
        onChange={(attention) => change({ attention })}
      />
      <TextField
        label={sv.dispatch.securityBag}
        size="medium"
        value={details.securityBag}
        onChange={(securityBag) => change({ securityBag })}
      />
      <TextField
        label={sv.dispatch.consignment}
        size="medium"
        value={details.consignment}
        onChange={(consignment) => change({ consignment })}
      />
    </div>
  );
}
