/* A disk that loses power: a shim over SQLite's own file system that knows what was synced.
 *
 * Every write goes to the real file, so that the program sees its own writes, and to a log. A sync
 * moves a file's log into its durable image. When the power is cut, each write not yet synced is
 * kept, lost or torn at 512 bytes, one by one and in no order, and the files are rewritten so.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512

typedef struct { sqlite3_int64 at, size; unsigned char *bytes; } Write; /* no bytes: truncation */

typedef struct Image Image;
struct Image {
    char path[1024];
    unsigned char *bytes;
    sqlite3_int64 size;
    Write *log;
    int logged, room, written;
    Image *next;
};

typedef struct { sqlite3_file base; Image *image; } Shim; /* the real file lies behind it */

static sqlite3_vfs *real_vfs;
static sqlite3_vfs shim_vfs;
static Image *images;
static long left = -1; /* operations until the cut; negative: no cut */
static long counted; /* operations since the last order to cut */
static int dead;

static sqlite3_file *real(sqlite3_file *f) { return (sqlite3_file *)((Shim *)f + 1); }

static int power_fails(void) {
    if (dead) return 1;
    counted++;
    if (left > 0 && --left == 0) dead = 1;
    return dead;
}

static void grow(Image *i, sqlite3_int64 size) {
    if (size <= i->size) return;
    i->bytes = realloc(i->bytes, size);
    memset(i->bytes + i->size, 0, size - i->size);
    i->size = size;
}

static void keep(Image *i, const Write *w, int torn) {
    if (!w->bytes) {
        if (w->at < i->size) i->size = w->at;
        else grow(i, w->at);
        return;
    }
    grow(i, w->at + w->size);
    for (sqlite3_int64 done = 0; done < w->size;) {
        sqlite3_int64 step = SECTOR - (w->at + done) % SECTOR;
        if (step > w->size - done) step = w->size - done;
        if (!torn || rand() % 2) memcpy(i->bytes + w->at + done, w->bytes + done, step);
        done += step;
    }
}

static void forget_log(Image *i) {
    for (int n = 0; n < i->logged; n++) free(i->log[n].bytes);
    i->logged = 0;
}

static void note(Image *i, const void *bytes, sqlite3_int64 size, sqlite3_int64 at) {
    if (i->logged == i->room) i->log = realloc(i->log, (i->room += 64) * sizeof(Write));
    i->written = 1;
    Write *w = &i->log[i->logged++];
    w->at = at;
    w->size = size;
    w->bytes = bytes ? memcpy(malloc(size ? size : 1), bytes, size) : NULL;
}

static Image *image_of(const char *path) {
    for (Image *i = images; i; i = i->next)
        if (!strcmp(i->path, path)) return i;
    Image *i = calloc(1, sizeof(Image));
    snprintf(i->path, sizeof i->path, "%s", path);
    FILE *f = fopen(path, "rb");
    if (f) {
        fseek(f, 0, SEEK_END);
        grow(i, ftell(f));
        rewind(f);
        if (i->size && fread(i->bytes, 1, i->size, f) != (size_t)i->size) abort();
        fclose(f);
    }
    i->next = images;
    return images = i;
}

static void drop_image(const char *path) {
    for (Image **at = &images; *at; at = &(*at)->next)
        if (!strcmp((*at)->path, path)) {
            Image *gone = *at;
            *at = gone->next;
            forget_log(gone);
            free(gone->log);
            free(gone->bytes);
            free(gone);
            return;
        }
}

static int on_close(sqlite3_file *f) { return real(f)->pMethods->xClose(real(f)); }
static int on_read(sqlite3_file *f, void *b, int n, sqlite3_int64 at) {
    return real(f)->pMethods->xRead(real(f), b, n, at);
}
static int on_write(sqlite3_file *f, const void *b, int n, sqlite3_int64 at) {
    if (dead) return SQLITE_IOERR_WRITE;
    note(((Shim *)f)->image, b, n, at);
    if (power_fails()) return SQLITE_IOERR_WRITE;
    return real(f)->pMethods->xWrite(real(f), b, n, at);
}
static int on_truncate(sqlite3_file *f, sqlite3_int64 size) {
    if (dead) return SQLITE_IOERR_TRUNCATE;
    note(((Shim *)f)->image, NULL, 0, size);
    if (power_fails()) return SQLITE_IOERR_TRUNCATE;
    return real(f)->pMethods->xTruncate(real(f), size);
}
static int on_sync(sqlite3_file *f, int flags) {
    (void)flags;
    if (power_fails()) return SQLITE_IOERR_FSYNC;
    Image *i = ((Shim *)f)->image;
    for (int n = 0; n < i->logged; n++) keep(i, &i->log[n], 0);
    forget_log(i);
    return SQLITE_OK;
}
static int on_size(sqlite3_file *f, sqlite3_int64 *size) {
    return real(f)->pMethods->xFileSize(real(f), size);
}
static int on_lock(sqlite3_file *f, int l) { return real(f)->pMethods->xLock(real(f), l); }
static int on_unlock(sqlite3_file *f, int l) { return real(f)->pMethods->xUnlock(real(f), l); }
static int on_reserved(sqlite3_file *f, int *r) {
    return real(f)->pMethods->xCheckReservedLock(real(f), r);
}
static int on_control(sqlite3_file *f, int op, void *arg) {
    if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_MMAP_SIZE) return SQLITE_NOTFOUND;
    return real(f)->pMethods->xFileControl(real(f), op, arg);
}
static int on_sector(sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); }
static int on_device(sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }

static const sqlite3_io_methods methods = {
    1, on_close, on_read, on_write, on_truncate, on_sync, on_size, on_lock,
    on_unlock, on_reserved, on_control, on_sector, on_device,
};

static int on_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
    (void)v;
    Shim *shim = (Shim *)f;
    int tracked = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);
    memset(shim, 0, shim_vfs.szOsFile);
    if (!tracked || !name) return real_vfs->xOpen(real_vfs, name, f, flags, out);
    int code = real_vfs->xOpen(real_vfs, name, real(f), flags, out);
    if (code == SQLITE_OK) {
        shim->base.pMethods = &methods;
        shim->image = image_of(name);
    }
    return code;
}

static int on_delete(sqlite3_vfs *v, const char *name, int sync_folder) {
    (void)v;
    if (power_fails()) return SQLITE_IOERR_DELETE;
    drop_image(name);
    return real_vfs->xDelete(real_vfs, name, sync_folder);
}

/* Put the shim in front of SQLite's own file system; to be registered as the default. */
sqlite3_vfs *cut_made(sqlite3_vfs *own) {
    real_vfs = own;
    shim_vfs = *own;
    shim_vfs.pNext = NULL;
    shim_vfs.zName = "power-cut";
    shim_vfs.szOsFile = (int)sizeof(Shim) + own->szOsFile;
    shim_vfs.xOpen = on_open;
    shim_vfs.xDelete = on_delete;
    return &shim_vfs;
}

/* What the program does with its files outside SQLite: each is an operation too, 1 if it fails. */

int cut_operation(void) { return power_fails(); }

void cut_synced(const char *path) {
    for (Image *i = images; i; i = i->next)
        if (!strcmp(i->path, path)) {
            for (int n = 0; n < i->logged; n++) keep(i, &i->log[n], 0);
            forget_log(i);
        }
}

void cut_renamed(const char *from, const char *to) {
    drop_image(to);
    for (Image *i = images; i; i = i->next)
        if (!strcmp(i->path, from)) snprintf(i->path, sizeof i->path, "%s", to);
}

void cut_removed(const char *path) { drop_image(path); }

/* Whether SQLite wrote to a file, so that its content is followed here. */
int cut_follows(const char *path) {
    for (Image *i = images; i; i = i->next)
        if (!strcmp(i->path, path)) return i->written;
    return 0;
}

/* Cut the power at the so many-th write, sync, truncation or deletion from now; 0: never. */
void cut_after(long operations) {
    left = operations > 0 ? operations : -1;
    counted = 0;
    dead = 0;
}

int cut_happened(void) { return dead; }

long cut_counted(void) { return counted; }

/* What is on disk when the power is back; all images are forgotten and the disk works again. */
void cut_power(unsigned seed) {
    srand(seed);
    for (Image *i = images; i; i = i->next) {
        for (int n = 0; n < i->logged; n++) {
            int fate = rand() % 3;
            if (fate) keep(i, &i->log[n], fate == 1);
        }
        FILE *f = i->written ? fopen(i->path, "wb") : NULL;
        if (f) {
            if (i->size && fwrite(i->bytes, 1, i->size, f) != (size_t)i->size) abort();
            fclose(f);
        }
    }
    while (images) drop_image(images->path);
    cut_after(0);
}

/* Forget what is known of all files, as nothing of them is open. */
void cut_forget(void) {
    while (images) drop_image(images->path);
    cut_after(0);
}
