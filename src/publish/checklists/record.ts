import type { Checklist } from './checklist.ts';

/** RECORD, routinely collected health data, asked in our own words. */
export const record: Checklist = {
  id: 'record',
  title: 'RECORD, routinely collected health data',
  source: 'Benchimol et al., PLoS Med 2015;12:e1001885. doi 10.1371/journal.pmed.1001885',
  items: [
    {
      item: '1.1',
      section: 'Title and abstract',
      asks: 'Is the kind of data named, and the database?',
      by: 'abstractData',
    },
    { item: '1.2', section: 'Title and abstract', asks: 'Are region and period named?', by: 'abstractPlace' },
    {
      item: '1.3',
      section: 'Title and abstract',
      asks: 'If databases were linked, is that said?',
      by: 'abstractLinkage',
    },
    { item: '6.1', section: 'Methods', asks: 'Which codes and searches selected the population?', by: 'codes' },
    { item: '6.2', section: 'Methods', asks: 'Were those codes and searches validated?', by: 'validation' },
    { item: '6.3', section: 'Methods', asks: 'Is linkage drawn, with how many at each stage?', by: 'linkageDiagram' },
    { item: '7.1', section: 'Methods', asks: 'Is there a full list of codes for every variable?', by: 'codes' },
    {
      item: '12.1',
      section: 'Methods',
      asks: 'How far could the investigators see the database?',
      by: 'databaseAccess',
    },
    { item: '12.2', section: 'Methods', asks: 'How were the data cleaned?', by: 'cleaning' },
    {
      item: '12.3',
      section: 'Methods',
      asks: 'At what level were data linked, how, and how well?',
      by: 'linkageDiagram',
    },
    {
      item: '13.1',
      section: 'Results',
      asks: 'How were persons selected, by data, availability and linkage?',
      by: 'flow',
    },
    {
      item: '19.1',
      section: 'Discussion',
      asks: 'What follows from data not made for this question?',
      by: 'misclassification',
    },
    { item: '22.1', section: 'Other', asks: 'How does one get at protocol, raw data and code?', by: 'access' },
  ],
};
