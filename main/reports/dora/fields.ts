/** Which field of our DORA forms answers what in EBA's structure. */
export interface DoraField {
  /** The id of the field in `assets/rules/forms/dora-*.json`. */
  readonly id: string;
  /** EBA's number, that of Implementing Regulation (EU) 2025/302. */
  readonly number: string;
  /** The names of the properties that lead to it. Those in `classificationTypes` belong to one criterion. */
  readonly place: readonly string[];
}

const at = (id: string, number: string, place: string): DoraField => ({
  id,
  number,
  place: place.split('.'),
});

/** Where the structure has one place for one answer. */
export const PLAIN_FIELDS: readonly DoraField[] = [
  at('valuta', '1.15', 'reportCurrency'),
  at('kontakt', '1.7', 'primaryContact.name'),
  at('kontakt-epost', '1.8', 'primaryContact.email'),
  at('kontakt-telefon', '1.9', 'primaryContact.phone'),
  at('kontakt-2', '1.10', 'secondaryContact.name'),
  at('kontakt-2-epost', '1.11', 'secondaryContact.email'),
  at('kontakt-2-telefon', '1.12', 'secondaryContact.phone'),
  at('incidentreferens', '2.1', 'incident.financialEntityCode'),
  at('upptackt-tid', '2.2', 'incident.detectionDateTime'),
  at('klassificering-tid', '2.3', 'incident.classificationDateTime'),
  at('beskrivning', '2.4', 'incident.incidentDescription'),
  at('upptackt-hur', '2.7', 'incident.incidentDiscovery'),
  at('ursprung', '2.8', 'incident.originatesFromThirdPartyProvider'),
  at('kontinuitet', '2.9', 'incident.isBusinessContinuityActivated'),
  at('ovrigt', '2.10', 'incident.otherInformation'),
  at('myndighetens-referens', '3.1', 'incident.competentAuthorityCode'),
  at('intraffade', '3.2', 'incident.incidentOccurrenceDateTime'),
  at('atergang', '3.3', 'impactAssessment.serviceImpact.serviceRestorationDateTime'),
  at('kunder-antal', '3.4', 'impactAssessment.affectedAssets.affectedClients.number'),
  at('kunder-andel', '3.5', 'impactAssessment.affectedAssets.affectedClients.percentage'),
  at('motparter-antal', '3.6', 'impactAssessment.affectedAssets.affectedFinancialCounterparts.number'),
  at('motparter-andel', '3.7', 'impactAssessment.affectedAssets.affectedFinancialCounterparts.percentage'),
  at('relevanta-kunder', '3.8', 'impactAssessment.hasImpactOnRelevantClients'),
  at('transaktioner-antal', '3.9', 'impactAssessment.affectedAssets.affectedTransactions.number'),
  at('transaktioner-andel', '3.10', 'impactAssessment.affectedAssets.affectedTransactions.percentage'),
  at('transaktioner-varde', '3.11', 'impactAssessment.affectedAssets.valueOfAffectedTransactions'),
  at('siffror', '3.12', 'impactAssessment.affectedAssets.numbersActualEstimate'),
  at('varaktighet', '3.15', 'incident.incidentDuration'),
  at('avbrott', '3.16', 'impactAssessment.serviceImpact.serviceDowntime'),
  at('tid-uppgift', '3.17', 'informationDurationServiceDowntimeActualOrEstimate'),
  at('kritiska-tjanster', '3.22', 'impactAssessment.criticalServicesAffected'),
  at('typ', '3.23', 'incident.incidentType.incidentClassification'),
  at('typ-annan', '3.24', 'incident.incidentType.otherIncidentClassification'),
  at('hot', '3.25', 'incident.incidentType.threatTechniques'),
  at('hot-annat', '3.26', 'incident.incidentType.otherThreatTechniques'),
  at('funktioner', '3.27', 'impactAssessment.affectedFunctionalAreas'),
  at('infrastruktur-berord', '3.28', 'impactAssessment.isAffectedInfrastructureComponents'),
  at('infrastruktur', '3.29', 'impactAssessment.affectedInfrastructureComponents'),
  at('kunders-intresse', '3.30', 'impactAssessment.isImpactOnFinancialInterest'),
  at('andra-myndigheter', '3.31', 'reportingToOtherAuthorities'),
  at('andra-myndigheter-annan', '3.32', 'reportingToOtherAuthoritiesOther'),
  at('tillfalliga', '3.33', 'impactAssessment.serviceImpact.isTemporaryActionsMeasuresForRecovery'),
  at(
    'tillfalliga-atgarder',
    '3.34',
    'impactAssessment.serviceImpact.descriptionOfTemporaryActionsMeasuresForRecovery',
  ),
  at('angreppsindikatorer', '3.35', 'incident.incidentType.indicatorsOfCompromise'),
  at('grundorsak', '4.1', 'incident.rootCauseHLClassification'),
  at('grundorsak-detaljerad', '4.2', 'incident.rootCausesDetailedClassification'),
  at('grundorsak-ytterligare', '4.3', 'incident.rootCausesAdditionalClassification'),
  at('grundorsak-annan', '4.4', 'incident.rootCausesOther'),
  at('grundorsak-detalj', '4.5', 'incident.rootCausesInformation'),
  at('losning', '4.6', 'incident.incidentResolutionSummary'),
  at('orsak-atgardad', '4.7', 'incident.rootCauseAddressingDateTime'),
  at('lost', '4.8', 'incident.incidentResolutionDateTime'),
  at('losning-mot-plan', '4.9', 'incident.incidentResolutionVsPlannedImplementation'),
  at('risk-kritiska-funktioner', '4.10', 'incident.assessmentOfRiskToCriticalFunctions'),
  at('resolutionsmyndigheter', '4.11', 'incident.informationRelevantToResolutionAuthorities'),
  at('kostnad-brutto', '4.13', 'incident.grossAmountIndirectDirectCosts'),
  at('atervunnet', '4.14', 'incident.financialRecoveriesAmount'),
  at('aterkommande-beskrivning', '4.15', 'incident.recurringNonMajorIncidentsDescription'),
  at('aterkommande-tid', '4.16', 'incident.recurringIncidentDate'),
];

/** What is put together by hand: entities have several roles. */
export const ENTITY_FIELDS = {
  submittingName: at('inlamnare', '1.2', 'submittingEntity.name'),
  submittingLei: at('inlamnare-lei', '1.3a', 'submittingEntity.LEI'),
  submittingCode: at('inlamnare-kod', '1.3b', 'submittingEntity.code'),
  affectedType: at('foretagstyp', '1.4', 'affectedEntity.affectedEntityType'),
  affectedName: at('organisation', '1.5', 'affectedEntity.name'),
  affectedLei: at('lei', '1.6', 'affectedEntity.LEI'),
  parentName: at('moderforetag', '1.13', 'ultimateParentUndertaking.name'),
  parentLei: at('moderforetag-lei', '1.14', 'ultimateParentUndertaking.LEI'),
} as const;

export const CRITERIA = at('kriterier', '2.5', 'incident.classificationTypes.classificationCriterion');

const inCriterion = (id: string, number: string, name: string): DoraField =>
  at(id, number, `incident.classificationTypes.${name}`);

/** What the structure keeps with one criterion of field 2.5, which must be chosen for it to have a place. */
export const CRITERION_FIELDS: Readonly<Record<string, readonly DoraField[]>> = {
  geographical_spread: [
    inCriterion('medlemsstater', '2.6', 'countryCodeMaterialityThresholds'),
    inCriterion('medlemsstatspaverkan', '3.18', 'memberStatesImpactType'),
    inCriterion('medlemsstatspaverkan-beskrivning', '3.19', 'memberStatesImpactTypeDescription'),
  ],
  data_losses: [
    inCriterion('dataforlust', '3.20', 'dataLosseMaterialityThresholds'),
    inCriterion('dataforlust-beskrivning', '3.21', 'dataLossesDescription'),
  ],
  reputational_impact: [
    inCriterion('anseende', '3.13', 'reputationalImpactType'),
    inCriterion('anseende-beskrivning', '3.14', 'reputationalImpactDescription'),
  ],
  economic_impact: [inCriterion('kostnader', '4.12', 'economicImpactMaterialityThreshold')],
};

export const ALL_FIELDS: readonly DoraField[] = [
  ...PLAIN_FIELDS,
  ...Object.values(ENTITY_FIELDS),
  CRITERIA,
  ...Object.values(CRITERION_FIELDS).flat(),
];
