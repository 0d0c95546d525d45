// The files of the bundled corpus, carried by the binary. A new file needs two entries here, one to
// embed it and one in the table; a test names those that are missing.
#include "BundledCorpus.h"

// `#embed` is C23; Clang accepts it in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char casebook[] = {
#embed "soviet-defectors/casebook.yaml"
};

static const unsigned char vocabulary[] = {
#embed "soviet-defectors/vocabulary.yaml"
};

static const unsigned char sources[] = {
#embed "soviet-defectors/sources.yaml"
};

static const unsigned char tabulations[] = {
#embed "soviet-defectors/tabulations.yaml"
};

static const unsigned char case_agabekov[] = {
#embed "soviet-defectors/cases/agabekov.yaml"
};

static const unsigned char case_akhmedov[] = {
#embed "soviet-defectors/cases/akhmedov.yaml"
};

static const unsigned char case_alexeev[] = {
#embed "soviet-defectors/cases/alexeev.yaml"
};

static const unsigned char case_barmine[] = {
#embed "soviet-defectors/cases/barmine.yaml"
};

static const unsigned char case_beria_arrest[] = {
#embed "soviet-defectors/cases/beria-arrest.yaml"
};

static const unsigned char case_beria[] = {
#embed "soviet-defectors/cases/beria.yaml"
};

static const unsigned char case_bessedovsky[] = {
#embed "soviet-defectors/cases/bessedovsky.yaml"
};

static const unsigned char case_defection_1927[] = {
#embed "soviet-defectors/cases/defection-1927.yaml"
};

static const unsigned char case_derjabin[] = {
#embed "soviet-defectors/cases/derjabin.yaml"
};

static const unsigned char case_fbi_known_defections[] = {
#embed "soviet-defectors/cases/fbi-known-defections.yaml"
};

static const unsigned char case_fbi_twenty[] = {
#embed "soviet-defectors/cases/fbi-twenty.yaml"
};

static const unsigned char case_gouzenko[] = {
#embed "soviet-defectors/cases/gouzenko.yaml"
};

static const unsigned char case_helfand[] = {
#embed "soviet-defectors/cases/helfand.yaml"
};

static const unsigned char case_kasenkina[] = {
#embed "soviet-defectors/cases/kasenkina.yaml"
};

static const unsigned char case_koriakov[] = {
#embed "soviet-defectors/cases/koriakov.yaml"
};

static const unsigned char case_kravchenko[] = {
#embed "soviet-defectors/cases/kravchenko.yaml"
};

static const unsigned char case_krivitsky[] = {
#embed "soviet-defectors/cases/krivitsky.yaml"
};

static const unsigned char case_nsc_four[] = {
#embed "soviet-defectors/cases/nsc-four.yaml"
};

static const unsigned char case_nsc_meeting_1954_02_17[] = {
#embed "soviet-defectors/cases/nsc-meeting-1954-02-17.yaml"
};

static const unsigned char case_orlov[] = {
#embed "soviet-defectors/cases/orlov.yaml"
};

static const unsigned char case_pavlov[] = {
#embed "soviet-defectors/cases/pavlov.yaml"
};

static const unsigned char case_petrov[] = {
#embed "soviet-defectors/cases/petrov.yaml"
};

static const unsigned char case_petrova[] = {
#embed "soviet-defectors/cases/petrova.yaml"
};

static const unsigned char case_purges[] = {
#embed "soviet-defectors/cases/purges.yaml"
};

static const unsigned char case_rastvorov[] = {
#embed "soviet-defectors/cases/rastvorov.yaml"
};

static const unsigned char case_reiss[] = {
#embed "soviet-defectors/cases/reiss.yaml"
};

static const unsigned char case_riehle_eighty_eight[] = {
#embed "soviet-defectors/cases/riehle-eighty-eight.yaml"
};

static const unsigned char case_riehle_first_group[] = {
#embed "soviet-defectors/cases/riehle-first-group.yaml"
};

static const unsigned char case_riehle_five_groups[] = {
#embed "soviet-defectors/cases/riehle-five-groups.yaml"
};

static const unsigned char case_riehle_post_stalin_purge_group[] = {
#embed "soviet-defectors/cases/riehle-post-stalin-purge-group.yaml"
};

static const unsigned char case_samarin[] = {
#embed "soviet-defectors/cases/samarin.yaml"
};

static const unsigned char case_sharandak[] = {
#embed "soviet-defectors/cases/sharandak.yaml"
};

static const unsigned char case_skochkov[] = {
#embed "soviet-defectors/cases/skochkov.yaml"
};

static const unsigned char case_soviet_school_closing_1948[] = {
#embed "soviet-defectors/cases/soviet-school-closing-1948.yaml"
};

static const unsigned char case_stalin_death[] = {
#embed "soviet-defectors/cases/stalin-death.yaml"
};

static const unsigned char case_tokaev[] = {
#embed "soviet-defectors/cases/tokaev.yaml"
};

static const unsigned char case_vassiliev[] = {
#embed "soviet-defectors/cases/vassiliev.yaml"
};

static const unsigned char general_vocabulary[] = {
#embed "vocabularies/general.yaml"
};

#define FILE_AT(path, bytes) {path, bytes, sizeof bytes}

static const bundled_file files[] = {
    FILE_AT("casebook.yaml", casebook),
    FILE_AT("vocabulary.yaml", vocabulary),
    FILE_AT("sources.yaml", sources),
    FILE_AT("tabulations.yaml", tabulations),
    FILE_AT("cases/agabekov.yaml", case_agabekov),
    FILE_AT("cases/akhmedov.yaml", case_akhmedov),
    FILE_AT("cases/alexeev.yaml", case_alexeev),
    FILE_AT("cases/barmine.yaml", case_barmine),
    FILE_AT("cases/beria-arrest.yaml", case_beria_arrest),
    FILE_AT("cases/beria.yaml", case_beria),
    FILE_AT("cases/bessedovsky.yaml", case_bessedovsky),
    FILE_AT("cases/defection-1927.yaml", case_defection_1927),
    FILE_AT("cases/derjabin.yaml", case_derjabin),
    FILE_AT("cases/fbi-known-defections.yaml", case_fbi_known_defections),
    FILE_AT("cases/fbi-twenty.yaml", case_fbi_twenty),
    FILE_AT("cases/gouzenko.yaml", case_gouzenko),
    FILE_AT("cases/helfand.yaml", case_helfand),
    FILE_AT("cases/kasenkina.yaml", case_kasenkina),
    FILE_AT("cases/koriakov.yaml", case_koriakov),
    FILE_AT("cases/kravchenko.yaml", case_kravchenko),
    FILE_AT("cases/krivitsky.yaml", case_krivitsky),
    FILE_AT("cases/nsc-four.yaml", case_nsc_four),
    FILE_AT("cases/nsc-meeting-1954-02-17.yaml", case_nsc_meeting_1954_02_17),
    FILE_AT("cases/orlov.yaml", case_orlov),
    FILE_AT("cases/pavlov.yaml", case_pavlov),
    FILE_AT("cases/petrov.yaml", case_petrov),
    FILE_AT("cases/petrova.yaml", case_petrova),
    FILE_AT("cases/purges.yaml", case_purges),
    FILE_AT("cases/rastvorov.yaml", case_rastvorov),
    FILE_AT("cases/reiss.yaml", case_reiss),
    FILE_AT("cases/riehle-eighty-eight.yaml", case_riehle_eighty_eight),
    FILE_AT("cases/riehle-first-group.yaml", case_riehle_first_group),
    FILE_AT("cases/riehle-five-groups.yaml", case_riehle_five_groups),
    FILE_AT("cases/riehle-post-stalin-purge-group.yaml", case_riehle_post_stalin_purge_group),
    FILE_AT("cases/samarin.yaml", case_samarin),
    FILE_AT("cases/sharandak.yaml", case_sharandak),
    FILE_AT("cases/skochkov.yaml", case_skochkov),
    FILE_AT("cases/soviet-school-closing-1948.yaml", case_soviet_school_closing_1948),
    FILE_AT("cases/stalin-death.yaml", case_stalin_death),
    FILE_AT("cases/tokaev.yaml", case_tokaev),
    FILE_AT("cases/vassiliev.yaml", case_vassiliev),
};

const bundled_file *bundled_corpus_files(size_t *count) {
  *count = sizeof files / sizeof files[0];
  return files;
}

static const bundled_file vocabularies[] = {
    FILE_AT("general", general_vocabulary),
    FILE_AT("soviet-defectors", vocabulary),
};

const bundled_file *bundled_vocabularies(size_t *count) {
  *count = sizeof vocabularies / sizeof vocabularies[0];
  return vocabularies;
}
