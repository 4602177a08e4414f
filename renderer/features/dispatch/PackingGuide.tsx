import {
  packingSteps,
  PICTURE_SIZE,
  PICTURES,
  type Carriage,
  type EnvelopeLayout,
  type PackingPicture,
} from '../../../shared/domain/packing.ts';
import type { Level } from '../../../shared/domain/marking.ts';
import { sv } from '../../text/sv.ts';
import styles from './PackingGuide.module.css';

interface PackingGuideProps {
  readonly layout: EnvelopeLayout;
  readonly carriage: Carriage;
  readonly level: Level;
}

/** The steps of the packing list on the screen, with the same pictures. */
export function PackingGuide({ layout, carriage, level }: PackingGuideProps) {
  const steps = packingSteps({ layout, carriage, level, sheets: null, receiver: sv.paper.receiver });
  return (
    <ol className={styles.steps}>
      {steps.map(({ picture, text }) => (
        <li key={text}>
          <span className={styles.picture}>{picture !== null && <Picture name={picture} />}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}

function Picture({ name }: { readonly name: PackingPicture }) {
  return (
    <svg
      role="img"
      aria-label={sv.paper.pictures[name]}
      viewBox={`-1 -1 ${PICTURE_SIZE.width + 2} ${PICTURE_SIZE.height + 2}`}
    >
      {PICTURES[name].map(({ points, isClosed, isFilled, isDashed }) => {
        const place = points.map(([x, y]) => `${x},${y}`).join(' ');
        const look = [isFilled ? styles.filled : '', isDashed ? styles.dashed : ''].join(' ').trim();
        return isClosed ? (
          <polygon key={place} points={place} className={look} />
        ) : (
          <polyline key={place} points={place} className={look} />
        );
      })}
    </svg>
  );
}
