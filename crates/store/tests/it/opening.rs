use std::fs;

use syncwatch_store::{Store, StoreError};

use crate::harness::{TestStore, new_room, room};

// DATA-1
#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("syncwatch.db");
    let diary = "dear diary, ".repeat(1_000);
    fs::write(&path, &diary).unwrap();

    let refused = Store::open_embedded(folder.path()).await.expect_err("opened a diary");

    assert!(matches!(&refused, StoreError::Corrupt { path: named, .. } if *named == path), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), diary);
}

// DATA-1
#[tokio::test]
async fn a_damaged_database_is_refused_and_left_as_it_is() {
    let test = TestStore::open().await;
    for number in 1..24 {
        test.rows.create_room(&new_room(number), 0).await.unwrap();
    }
    let path = test.folder().join("syncwatch.db");
    let copy = tempfile::tempdir().unwrap();
    let damaged = copy.path().join("syncwatch.db");
    checkpoint(&path).await;
    let mut bytes = fs::read(&path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xa5);
    fs::write(&damaged, &bytes).unwrap();

    let refused = Store::open_embedded(copy.path()).await.expect_err("opened a damaged database");

    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused}");
    assert_eq!(fs::read(&damaged).unwrap(), bytes);
}

// DATA-1
#[tokio::test]
async fn another_programs_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("syncwatch.db"));
    let pool = sqlx::SqlitePool::connect_with(options.create_if_missing(true)).await.unwrap();
    sqlx::query("CREATE TABLE recipes (name TEXT)").execute(&pool).await.unwrap();
    pool.close().await;

    let refused = Store::open_embedded(folder.path()).await.expect_err("opened another program's database");

    assert!(refused.to_string().contains("another program"), "{refused}");
}

// DATA-3
#[tokio::test]
async fn a_data_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("data");
    fs::write(&in_the_way, "a file").unwrap();

    let refused = Store::open_embedded(&in_the_way).await.expect_err("made a folder over a file");

    assert!(matches!(refused, StoreError::NotWritable { path, .. } if path == in_the_way));
}

// DATA-3
#[tokio::test]
async fn a_data_folder_in_use_is_refused_until_its_user_is_gone() {
    let mut test = TestStore::open().await;
    let refused = Store::open_embedded(test.folder()).await.expect_err("two stores in one folder");
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
    test.reopen().await;
    test.rows.ping().await.unwrap();
}

// DATA-1
#[tokio::test]
async fn what_was_acknowledged_is_in_the_file_without_a_clean_end() {
    let test = TestStore::open().await;
    test.rows.create_room(&new_room(1), 0).await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    for name in ["syncwatch.db", "syncwatch.db-wal"] {
        fs::copy(test.folder().join(name), copy.path().join(name)).unwrap();
    }

    let after_crash = Store::open_embedded(copy.path()).await.unwrap();

    assert!(after_crash.rows.room(room(1)).await.unwrap().is_some());
}

async fn checkpoint(path: &std::path::Path) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&pool).await.unwrap();
    pool.close().await;
}
