import { Button } from '@midas-ds/components/button';
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { FACT_IDS, type FactId } from '../../../shared/domain/incident.ts';
import { FACT_LABEL } from '../../../shared/domain/words.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { editButtonOf, FactEditor } from './FactEditor.tsx';
import styles from './Parts.module.css';
import { UndoNotice } from './UndoNotice.tsx';
import { ItemMarking } from './ItemMarking.tsx';
import { factItem, sortFacts, type Fact, type Incident } from './items.ts';

interface FactsPartProps {
  readonly incident: Incident;
  /** The subject of a draft: where it is of a fact, its editor is open from the start. */
  readonly draft: string | null;
}

function factOf(draft: string | null): FactId | null {
  const [kind, , fact] = draft?.split(':') ?? [];
  return kind === 'fact' && isFactId(fact) ? fact : null;
}

const isFactId = (id: string | undefined): id is FactId =>
  (FACT_IDS as readonly (string | undefined)[]).includes(id);

/** Each fact with its marking beside it; what nobody has answered yet can be begun from here. */
export function FactsPart({ incident, draft }: FactsPartProps) {
  const { answered, missing } = sortFacts(incident);
  const canWrite = useApp((state) => isUnlocked(state.status, 'open')) && !incident.protectedPartHidden;
  const [editing, setEditing] = useState(() => (canWrite ? factOf(draft) : null));
  return (
    <Stack gap="large">
      {incident.protectedPartHidden && <Notice kind="important">{sv.incident.hiddenWrite}</Notice>}
      <ul className={styles.items}>
        {answered.map((fact) => (
          <li key={fact.id}>
            <FactView
              incident={incident.id}
              fact={fact}
              onEdit={canWrite ? () => setEditing(fact.id) : null}
            />
            {canWrite && <UndoNotice incident={incident.id} fact={fact} />}
          </li>
        ))}
      </ul>
      {canWrite && missing.length > 0 && (
        <Stack gap="small">
          <h2>{sv.incident.missingFacts}</h2>
          <Row gap="small">
            {missing.map((id) => (
              <Button key={id} variant="secondary" size="medium" icon={Plus} onPress={() => setEditing(id)}>
                {FACT_LABEL[id]}
              </Button>
            ))}
          </Row>
        </Stack>
      )}
      {editing && (
        <FactEditor
          key={editing}
          incident={incident.id}
          id={editing}
          fact={incident.facts.find((fact) => fact.id === editing) ?? null}
          onEnd={() => setEditing(null)}
        />
      )}
    </Stack>
  );
}

interface FactViewProps {
  readonly incident: string;
  readonly fact: Fact;
  readonly onEdit: (() => void) | null;
}

function FactView({ incident, fact, onEdit }: FactViewProps) {
  const name = FACT_LABEL[fact.id];
  return (
    <>
      <div className={styles.head}>
        <h2 className={styles.name}>{name}</h2>
        <Row gap="small">
          {onEdit && (
            <Button
              id={editButtonOf(fact.id)}
              variant="tertiary"
              size="medium"
              icon={Pencil}
              aria-label={sv.incident.editTitle(name)}
              onPress={onEdit}
            >
              {sv.incident.edit}
            </Button>
          )}
          <ItemMarking item={factItem(incident, fact.id)} name={name} marking={fact.marking} />
        </Row>
      </div>
      <p className={styles.text}>{fact.text}</p>
      {fact.codes.length > 0 && (
        <Muted>
          {sv.incident.codes}: {fact.codes.join('; ')}
        </Muted>
      )}
    </>
  );
}
