/**
 * First three digits of ZIP codes whose area holds 20,000 people or fewer, by the censuses of 2000 (the list of the HHS
 * guidance on 45 CFR 164.514(b)), 2010 and 2020 together: what one of them calls small stays small.
 */
const small = `
036 059 063 102 202 203 204 205 369 556 692 753 772 790 821 823 830 831 878 879 884 890 893`;

/** Not assigned, military, or of single offices: nobody is counted there. */
const withoutPeople = `
000 001 002 003 004 005 055 090 091 092 093 094 095 096 097 098 099 192 213 269 311 332 340 343 345 348 353 375 399
419 428 429 509 517 518 519 529 533 536 552 568 569 578 579 589 621 632 642 643 649 659 663 682 694 695 696 697 698
699 702 709 715 732 733 742 771 817 818 819 839 842 848 849 854 858 861 862 866 867 868 869 872 876 885 886 887
888 889 892 896 899 901 909 929 938 942 962 963 964 965 966 987`;

/** The three digits may not stand: `000` does. */
export const smallZipAreas: ReadonlySet<string> = new Set(`${small} ${withoutPeople}`.trim().split(/\s+/));
