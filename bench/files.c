/* The floor of a scan: one pass over the bundles of a models dir with as few system calls as the work allows.
 *   files read DIR    the three documents of each bundle, whole
 *   files stat DIR    each bundle's directory and its five files
 * Prints the nanoseconds that the pass took. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *FILES[] = {"metadata.json", "metrics.json", "categorical_encoders.json", "confusion_matrix.csv",
                              "model.txt"};
static char buffer[65536];

static void look_at(const char *path) {
  struct stat found;
  lstat(path, &found);
}

static void read_whole(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0) return;
  while (read(fd, buffer, sizeof buffer) > 0) continue;
  close(fd);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int is_read = strcmp(argv[1], "read") == 0;
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  DIR *dir = opendir(argv[2]);
  if (dir == NULL) return 1;
  for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
    char path[4096];
    if (entry->d_name[0] == '.' || entry->d_type != DT_DIR) continue;
    int end = snprintf(path, sizeof path, "%s/%s", argv[2], entry->d_name);
    if (!is_read) look_at(path);
    for (int i = 0; i < (is_read ? 3 : 5); i++) {
      snprintf(path + end, sizeof path - end, "/%s", FILES[i]);
      if (is_read) read_whole(path);
      else look_at(path);
    }
  }
  closedir(dir);
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("%lld\n", (to.tv_sec - from.tv_sec) * 1000000000LL + (to.tv_nsec - from.tv_nsec));
  return 0;
}
