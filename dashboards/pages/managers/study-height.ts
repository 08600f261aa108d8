/** What a study takes on a wide screen: its place is kept, so that the table below stays where it is. */
export const STUDY_HEIGHT = 850;
/** Where there is none: a title and a line. */
export const NO_STUDY_HEIGHT = 150;
