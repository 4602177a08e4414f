import { TextField } from '@midas-ds/components/textfield';
import type { EnvelopeLayout } from '../../../shared/domain/packing.ts';
import type { TransferProfile } from '../../../shared/domain/rules.ts';
import { CHARACTER_SET_NAME, type TransferFormat } from '../../../shared/domain/transfer-profile.ts';
import { CHANNEL_NAME, CONFIDENCE_NAME } from '../../../shared/domain/words.ts';
import { formatSize } from '../../app/format.ts';
import { useQuery } from '../../app/use-core.ts';
import { Choice } from '../../components/Choice.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
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
const LAYOUTS = Object.entries(sv.dispatch.layouts) as [EnvelopeLayout, string][];
/** Stands for none in the list. */
const NO_PRINTER = '-';
const COPIES = Array.from({ length: 10 }, (_unused, index) => [`${index + 1}`, `${index + 1}`] as const);

const UNCHOSEN = 'profilen';
/** What stands on a label or in a list: numbers of bags, consignments and media. */
const LONGEST_WORDS = 60;

/** Which profile, what it takes and how certain that is; and what stands on the transfer sheet. */
export function SignalskyddFields({ details, change }: FieldsProps) {
  const { data: profiles } = useQuery('paper.profiles', null);
  const profile = profiles?.find(({ id }) => id === details.profile);
  return (
    <Stack gap="small">
      <div className={styles.fields}>
        <Choice
          label={sv.paper.profile}
          value={details.profile}
          options={(profiles ?? []).map(({ id, name }) => [id, name] as const)}
          onChange={(id) => change({ profile: id, format: null })}
        />
        {profile?.files.count === 'one' && profile.formats.allowed.length > 1 && (
          <Choice
            label={sv.paper.format}
            value={details.format ?? UNCHOSEN}
            options={[
              [UNCHOSEN, sv.paper.formatPreferred],
              ...profile.formats.allowed.map((one) => [one, sv.paper.formatNames[one]] as const),
            ]}
            onChange={(one) => change({ format: one === UNCHOSEN ? null : one })}
          />
        )}
        <TextField
          label={sv.paper.fileName}
          size="medium"
          autoComplete="off"
          maxLength={60}
          value={details.fileName}
          onChange={(fileName) => change({ fileName })}
        />
      </div>
      {profile && <ProfileFacts profile={profile} />}
      <SheetFields details={details} change={change} />
    </Stack>
  );
}

/** What is known of the system, and how well: the operator has to judge it. */
function ProfileFacts({ profile }: { readonly profile: TransferProfile }) {
  const { formats, files, text, window, note, confidence } = profile;
  const names = formats.allowed.map((one: TransferFormat) => sv.paper.formatNames[one]).join(', ');
  const size = files.maximumBytes === null ? null : formatSize(files.maximumBytes);
  return (
    <>
      <Muted>
        {[
          sv.paper.profileFacts(names, sv.paper.profileSize(size)),
          text && sv.paper.profileText(CHARACTER_SET_NAME[text.characterSet], text.width),
          window?.words,
        ]
          .filter(Boolean)
          .join(' ')}
      </Muted>
      <Muted>
        {sv.paper.profileConfidence(CONFIDENCE_NAME[confidence])} {note}
      </Muted>
    </>
  );
}

function SheetFields({ details, change }: FieldsProps) {
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
        maxLength={LONGEST_WORDS}
        value={details.medium}
        onChange={(medium) => change({ medium })}
      />
      <TextField
        label={sv.dispatch.recipientName}
        size="medium"
        isRequired
        maxLength={200}
        value={details.recipientName}
        onChange={(recipientName) => change({ recipientName })}
      />
    </div>
  );
}

/** How it is carried, in which envelope, in how many copies, to whom. */
export function EnvelopeFields({ details, change }: FieldsProps) {
  const { data: recipients } = useQuery('keys.recipients', null);
  const { data: printers } = useQuery('paper.printers', null);
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
      {printers && printers.length > 0 && (
        <Choice
          label={sv.paper.printer}
          value={details.printer ?? NO_PRINTER}
          options={[
            [NO_PRINTER, sv.paper.printerUnchanged],
            ...printers.map(({ name }) => [name, name] as const),
          ]}
          onChange={(name) => change({ printer: name === NO_PRINTER ? null : name })}
        />
      )}
      <Choice
        label={sv.dispatch.copies}
        value={`${details.copies}`}
        options={COPIES}
        onChange={(copies) => change({ copies: Number(copies) })}
      />
      <TextField
        label={sv.dispatch.attention}
        size="medium"
        maxLength={200}
        value={details.attention}
        onChange={(attention) => change({ attention })}
      />
      <TextField
        label={sv.dispatch.securityBag}
        size="medium"
        maxLength={LONGEST_WORDS}
        value={details.securityBag}
        onChange={(securityBag) => change({ securityBag })}
      />
      <TextField
        label={sv.dispatch.consignment}
        size="medium"
        maxLength={LONGEST_WORDS}
        value={details.consignment}
        onChange={(consignment) => change({ consignment })}
      />
    </div>
  );
}
